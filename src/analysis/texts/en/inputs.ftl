### What was decided about the answers and contacts that were read beside the orders, and what a reader must know about them.

note-input-quarantine = { $share } of the rows of { $input ->
    [feedback] the customers' answers
   *[events] the contacts outside buying
} could not be read and are in quarantine, more than the { $limit } at which this report warns.
note-input-later = { $input ->
    [feedback] { $count ->
        [one] One answer is
       *[other] { $count } answers are
    }
   *[events] { $count ->
        [one] One contact is
       *[other] { $count } contacts are
    }
} later than the day of this report and left out.
note-input-nobody = { $input ->
    [feedback] { $count ->
        [one] One answer names
       *[other] { $count } answers name
    }
   *[events] { $count ->
        [one] One contact names
       *[other] { $count } contacts name
    }
} no customer: counted in totals, but with nobody.
note-input-unknown = { $input ->
    [feedback] { $count ->
        [one] One answer comes
       *[other] { $count } answers come
    }
   *[events] { $count ->
        [one] One contact comes
       *[other] { $count } contacts come
    }
} from { $customers ->
    [one] a customer who is
   *[other] { $customers } customers who are
} neither among the orders nor in the customer list.
note-answers-usual-scale = The answers do not say how high a score can be; the usual scales count: NPS 0-10, CSAT 1-5, CES 1-7.
note-answers-scales = { $kind } answers are on different scales, { $scales }: each is measured on its own, and they are never averaged.
note-answers-other-kinds = { $count ->
    [one] One answer is
   *[other] { $count } answers are
} of a kind other than NPS, CSAT and CES ({ $kinds }) and kept as told, but not measured.
rule-feedback = Customers' answers
rule-events = Contacts outside buying
explain-feedback = An answer without a readable date or kind, or whose score is not on its scale.
explain-events = A contact without a readable date or kind, or with an impossible count.
