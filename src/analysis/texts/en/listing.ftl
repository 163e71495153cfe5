### The page over all reports.

listing-count = { $count ->
    [one] One report
   *[other] { $reports } reports
}
listing-since = { $change } since { $date }
listing-points = { $change } points
listing-trend = { $measure }: from { $then } on { $first } to { $now } on { $last }
listing-warnings = Warnings
listing-profile = Written for
profile-manager = Managers
profile-analyst = Analysts
profile-external = Readers outside
rates-header = { $day } · amounts in { $currency }
rates-currency = { $symbol } ({ $code })
