# What is said of a query that is not understood in part; the rest of it is still searched for.

query-unknown-field = There is no field “{ $field }:”; it is searched for as a word.
query-empty-value = “{ $field }:” says nothing yet: write what is looked for behind it, without a space.
query-bad-date = “{ $value }” is no date: write 2024, 2024-03, 2024-03-02 or 2023..2024.
query-unknown-state = “{ $value }” is no state of a record: { $known }.
query-unknown-reason = “{ $value }” is no reason: { $known }.
query-bad-number = “{ $value }” is no number of a record, such as ES-2026-000912.
query-misplaced-or = “or” stands between two things that are looked for.
query-misplaced-star = In “{ $value }” the * has no meaning: it stands at the end of a word.
query-too-long = Only the first { $most } conditions are used.
query-pattern-bracket = In “{ $value }” the bracket at { $at } is not closed: write [8B] for 8 or B.
query-pattern-empty = In “{ $value }” the brackets at { $at } are empty: write [8B] for 8 or B.
query-pattern-star = In “{ $value }” write ? for each character that cannot be read; * is not used in serial numbers.
query-pattern-nothing = “{ $value }” names no character that is known.
query-pattern-long = “{ $value }” is longer than any serial number.
query-unknown-country = “{ $value }” is no country that the reference table knows: nothing can answer it.
