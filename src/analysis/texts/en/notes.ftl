### What was decided while reading the files, and what a reader of the numbers must know.

note-date-order-found = { $column }: dates are { $order } because { $evidence } values allow nothing else (for example { $sample }).
note-date-order-minority = { $column }: { $minority } dates do not fit { $order } like the other { $majority } and are set aside (for example { $sample }).
note-date-serials = { $column }: { $count } values are day numbers of a spreadsheet (for example { $sample }).
note-date-two-digit-years = { $column }: { $count } dates have years of two digits (for example { $sample }); 69 to 99 are read as 1969 to 1999.
note-date-epochs = { $column }: { $count } values are seconds or milliseconds since 1970 (for example { $sample }).
note-date-mixed = { $column }: { $iso } dates begin with the year and { $other } do not (for example { $sample }); a spreadsheet may have swapped days and months.
note-date-offsets = { $column }: { $count } time stamps carry an offset and were turned into the time of { $zone }.
note-encoding-guessed = { $file }: not UTF-8; read as { $encoding }. If names look wrong, give the encoding in the configuration.
note-rounded = { $column }: { $count } values have more than four decimals and were rounded to four.
note-float-identifiers = { $column }: every value ends in .0 and was read without it.
note-blank-rows = { $file }: { $count } blank rows were passed over.
note-title-rows = { $file }: the header is row { $row }; the rows above it were passed over.
note-trailing-delimiters = { $file }: every row ends in one more { $delimiter } than the header; the empty column was passed over.
note-sheets-taken = { $file }: read the sheets { $taken }.
note-sheets-skipped = { $file }: passed over the sheets { $skipped }: their columns are not those that were asked for.
note-duplicate-headers = { $file }: the headers { $headers } occur more than once; they are not used.
note-wrong-extension = { $file }: this is { $kind }, whatever its name says, and was read as that.
note-file-empty = { $file }: a header and no rows.

note-none = All files were read as they are; nothing had to be guessed.
note-quarantine = { $share } of the rows could not be read and are in quarantine, more than the { $limit } at which this report warns. The numbers below leave them out.
note-shared-order-ids = { $shared } of { $ids } order numbers are shared by several customers; each customer's part counts as an order of its own.
note-few-buyers = { $buyers ->
    [one] There is one buyer
   *[other] There are { $buyers } buyers
}, fewer than { $limit }: too few to tell groups apart, so nobody is put into one.
