### The Excel file: its sheets, what its columns mean, and how to write in it.

sheet-tags = Tags
sheet-tree = Tree
sheet-changes = Changes

excel-rest = Every customer with every column is in tables/customers.parquet, beside this file, for Power BI, Tableau and other programs; “workbook export” writes lists as CSV.

excel-part-sheets = What is in this file
excel-sheet = { $name }: { $about }
excel-sheet-customers = one row per customer, the highest revenue first: who they are, what they are called, what they did and are worth, their tags.
excel-sheet-tags = every tag, its rule, and how many customers have it.
excel-sheet-tree = customers by the levels of the classification tree; fold branches with the marks at the left.
excel-sheet-segments = every group with its size, its revenue and what to do.
excel-sheet-thresholds = the cut points of the scores and of the value tiers.
excel-sheet-changes = who is called something else than in the last report, the highest revenue first.
excel-sheet-dictionary = what every column means, in both languages, and which may be changed.
excel-changed =
    { $n ->
        [one] Since { $date } there is 1 change.
       *[other] Since { $date } there are { $changes } changes; listed are { $shown }.
    }

excel-part-edit = How to change something
excel-edit-columns = 1. In the sheet Customers, write in the columns with a yellow heading: classes, tags, owner, notes. Lists offer what may be chosen. Leave titles, customer numbers and everything else as they are; you may sort, filter, and delete rows.
excel-edit-reason = 2. Say why under “Reason” in the same row, and, if it holds only for a while, until when under “Expires on”.
excel-edit-import = 3. Save the file as .xlsx and run “workbook import FILE”. It lists what cannot be taken over, and takes over all or nothing.
excel-edit-mark = 4. The next report shows the change: the cell is orange, “Changed by hand” names the column, and what the workbook says itself stands beside it.

excel-part-colours = Colours
excel-group-who = Who the customer is
excel-group-class = What the customer is called
excel-group-score = Scores
excel-group-behaviour = What the customer does
excel-group-value = What the customer is worth
excel-group-tag = Tags
excel-group-fill = Yours to change
excel-by-hand = Changed by hand

excel-computed = { $column }, as computed
excel-tag = { $tag } (tag)
excel-newcomer = Not known then
excel-no-changes = There is nothing to compare with yet: changes are listed from the second report on, or nobody has changed.
excel-no-tags = No tags are in force in this report.
excel-no-tree = No tree was grown in this report.

excel-refused-title = This cannot stand here
excel-refused-list = Choose a word from the list, or leave the cell empty.
excel-refused-date = Write a date after the date of the report, or leave the cell empty.
excel-refused-number = Write a number, or leave the cell empty.

excel-currency = the currency of the data
excel-unit-money = { $currency }
excel-unit-share = %
excel-unit-date = date
excel-unit-truth = yes or no
excel-unit-days = days
excel-unit-orders = orders
excel-unit-customers = customers
excel-unit-points = points
excel-unit-count = count
excel-unit-number = number

excel-source-data = your data
excel-source-orders = order lines
excel-source-scoring = computed from order lines
excel-source-rules = rules in the configuration
excel-source-answers = customer feedback
excel-source-events = contacts and events
excel-source-forecast = forecast
excel-source-people = people
excel-source-report = counted in this report

excel-means-computed = What the workbook itself says, where a person has said something else.
excel-means-class = A class by a rule of your configuration.
excel-means-tag = A tag; its rule stands in the sheet of tags.

## Headings that only this file has

excel-customers-cluster = Cluster number
excel-customers-owner = Owner
excel-customers-notes = Notes
excel-customers-reason = Reason
excel-customers-expires-on = Expires on
excel-customers-overridden = Changed by hand
excel-tags-category = Kind
excel-tags-monetary-share = Share of revenue
excel-tags-valid-until = Valid until
excel-tags-type = Type
excel-tags-customers = Customers
excel-tags-share = Share of customers
excel-tags-valid-days = Valid for days
excel-tags-owner = Owner
excel-tags-about = What it tells
excel-tags-value = Value
excel-tree-tree = Tree
excel-tree-branch = Branch
excel-tree-main = Main tree
excel-tree-level-column = Level
excel-tree-customers-before = Customers in the last report
excel-tree-customers-change = Change
excel-changes-column = What changed
excel-changes-before = Before
excel-changes-after = Now
excel-dictionary-sheet = Sheet
excel-dictionary-column = Column
excel-dictionary-name = Name in tables/
excel-dictionary-en = English
excel-dictionary-zh = 中文
excel-dictionary-meaning-en = Meaning
excel-dictionary-meaning-zh = 含义
excel-dictionary-unit = Unit
excel-dictionary-source = Comes from
excel-dictionary-editable = Yours to change
excel-dictionary-allowed = What may be written

## Meanings

dictionary-customers-owner = Who looks after the customer; written by people.
dictionary-customers-notes = What people have noted of the customer.
dictionary-customers-reason = Why something in this row is changed. Empty in every new file.
dictionary-customers-expires-on = The last day on which the change holds; empty: until somebody changes it again. Empty in every new file.
dictionary-customers-overridden = The columns of this row in which a person has said something else than the workbook.
dictionary-tags-tag = The tag.
dictionary-tags-value = The value of the tag that is counted.
dictionary-tags-category = What kind of thing the tag tells.
dictionary-tags-type = What a tag holds: yes or no, a number, a text, or one of several levels.
dictionary-tags-customers = Customers who have the tag.
dictionary-tags-share = Their share of all customers.
dictionary-tags-monetary = Their revenue.
dictionary-tags-monetary-share = Their share of all revenue.
dictionary-tags-valid-until = The last day on which the tag is given.
dictionary-tags-rule = The rule that gives the tag, in the words of the tables.
dictionary-tags-valid-days = For how many days what the tag says is held to be true.
dictionary-tags-owner = Who answers for the tag.
dictionary-tags-about = What the tag tells, in words.
dictionary-tree-tree = The tree, where there are several.
dictionary-tree-branch = A group of customers within the group it stands under.
dictionary-tree-level-column = What the branch is told by.
dictionary-tree-customers = Customers in this branch.
dictionary-tree-customers-pct = Their share of all customers of the tree.
dictionary-tree-monetary = Their revenue.
dictionary-tree-monetary-pct = Their share of the revenue of the tree.
dictionary-tree-customers-before = Customers in this branch in the last report.
dictionary-tree-customers-change = How many more, or fewer, there are now.
dictionary-changes-customer-id = The customer number of your data.
dictionary-changes-column = The column in which the customer is called something else.
dictionary-changes-before = What stood there in the last report.
dictionary-changes-after = What stands there now.
dictionary-changes-monetary = Revenue of the customer.
