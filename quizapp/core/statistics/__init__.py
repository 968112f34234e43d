"""Statistics as values: from counts of the log and the cards to figures, charts, and one honest sentence for each.

Reviews are the ratings that moved the schedule: all of kind `review`, and those of drills and crams that name a
policy. What was taken back counts nowhere. A card is young while less than 21 study days have gone by between a
review and the one before it, mature from then on: the log holds both days, and a replay gives the same.
"""
