### Two reports beside each other.

compare-title = Two reports compared
compare-figures = What are the key figures?
compare-segments = Which segments grew, which shrank?
compare-moves = Who went where?
compare-cuts = Which cut points differ?
compare-settings = Which settings differ?
compare-files = Which files differ?
compare-figure = Key figure
compare-change = Change
compare-what = What
compare-of = { $what }, { $date }
compare-of-change = { $what }, change
compare-first = { $date }, first
compare-second = { $date }, second
compare-other = differs
compare-no-buyer = Not a buyer
compare-no-currency = no currency named
compare-rows = { $n ->
    [one] One row
   *[other] { $rows } rows
}
compare-warnings = { $n ->
    [0] No warnings
    [one] One warning
   *[other] { $warnings } warnings
}
compare-warned = Only on { $date }: { $warning }
compare-cut = { $measure }, cut { $cut }
compare-cut-r-median = Days since the last order, middle value
compare-cut-f-median = Orders, middle value
compare-cut-m-median = Revenue, middle value
compare-cut-tier = Value tiers

compare-other-shop = These are reports of two shops, { $before } and { $after }: their customers are counted, and not followed from one to the other.
compare-other-currency = The reports are in two currencies, { $before } and { $after }: money stands as each report says it, and is not compared.
compare-buyers = { $way ->
    [same] There are { $now } buyers in both reports.
   *[other] { $n ->
        [one] There is one buyer
       *[other] There are { $now } buyers
    }, { $change } { $way } than the { $then } before.
}
compare-stayed = { $same } of the { $both } who are buyers in both ({ $share }) are in the same segment.
compare-grew = { $segment } grew by { $change } to { $n ->
    [one] one customer
   *[other] { $now } customers
}
compare-shrank = { $segment } shrank by { $change } to { $n ->
    [0] nobody
    [one] one customer
   *[other] { $now } customers
}
compare-why = { $said }: { $parts }.
compare-plain = { $said }.
compare-and = ; {""}
compare-joined = { $n ->
    [one] one joined, { $none ->
        [yes] no buyer before
       *[no] from { $group }
    }
   *[other] { $customers } joined, { $part ->
        [all] all
       *[some] { $most } of them
    } { $none ->
        [yes] no { $m ->
            [one] buyer
           *[other] buyers
        } before
       *[no] from { $group }
    }
}
compare-left = { $n ->
    [one] one left, { $none ->
        [yes] no buyer now
       *[no] to { $group }
    }
   *[other] { $customers } left, { $part ->
        [all] all
       *[some] { $most } of them
    } { $none ->
        [yes] no { $m ->
            [one] buyer
           *[other] buyers
        } now
       *[no] to { $group }
    }
}
compare-came = { $most } { $none ->
    [yes] { $m ->
        [one] was no buyer
       *[other] were no buyers
    } before
   *[no] came from { $group }
}
compare-went = { $most } { $none ->
    [yes] { $m ->
        [one] is no buyer
       *[other] are no buyers
    } now
   *[no] went to { $group }
}
compare-differs = Besides the customers, the reports differ in { $parts }: part of the movement can come from that.
compare-differs-settings = { $n ->
    [one] one setting
   *[other] { $count } settings
}
compare-differs-cuts = { $n ->
    [one] one cut point
   *[other] { $count } cut points
}
compare-differs-files = { $n ->
    [one] one file
   *[other] { $count } files
}
compare-alike = Settings, cut points and files are the same in both.
