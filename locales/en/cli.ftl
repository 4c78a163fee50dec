# What the command line says.

cli-added = { $saved } saved, { $refused } refused.
cli-saved = line { $line }: saved as { $number }
cli-refused = line { $line }: refused, nothing of it was saved
cli-not-json = { "  " }not a JSON document: { $fault }
cli-passed-over = { "  " }passed over, because the desk gives them: { $names }
cli-checked = { $number }: { $count ->
    [0] no record answers
    [one] one candidate
   *[other] { $count } candidates
  } to { $compared } in { $records } records (as of { $as-of }). A match is a candidate until all marks have been compared.
cli-check-truncated = There are more candidates than a report lists: give the make, or more characters of the number.
cli-hits = { $count ->
    [0] No hit waits for a decision.
    [one] One hit.
   *[other] { $count } hits.
  }
cli-made = Workspace { $dir } was made for { $office } ({ $country }); officer { $officer }.
cli-listed = { $shown } of { $total }
cli-related = related: { $number } { $make }
cli-done = { $number } is { $state }
cli-journal-whole = The journal is whole: { $entries } entries, last hash { $hash }
cli-journal-damaged = The journal is damaged after { $entries } whole entries, last hash { $hash }
cli-rebuilding = { $done } of { $total } entries
cli-rebuilt = State and index were made again from { $entries } entries; { $records } records.
cli-exported = { $count } records, SHA-256 { $hash }
cli-reference-checked = { $entries } entries, { $makes } makes, { $calibres } calibres: { $faults ->
    [0] no fault
    [one] one fault
   *[other] { $faults } faults
  }
cli-serial-found = The text holds what looks like a serial: { $serial } (characters { $from } to { $to }). Check it with: { $command }
cli-serial-named = The text names a serial: { $serial } (characters { $from } to { $to }). Check it with: { $command }
cli-demo-written = The example workspace with { $records } records was written to { $dir }
cli-understood = { $question }: { $meant }, leaves { $left }
cli-cannot-tell = { $question }: cannot be told, leaves { $left }
cli-identified = { $left ->
    [0] No card agrees with all of this: take an answer back, or say ? for what is not sure.
    [one] One card is left.
   *[other] { $left } cards are left.
  }{ $beside ->
    [0] { "" }
    [one] { " " }One imported entry agrees too.
   *[other] { " " }{ $beside } imported entries agree too.
  }
cli-ask = What narrows it most: { $question } (about { $expected } would be left; --{ $option } ? if it cannot be told)
cli-asking-help =
    Answer with a number or in words; ? where it cannot be told.
    u takes the last answer back, l lists what remains, q ends.
    The name of a question asks that one: type, action, calibre, feed, country, stamp.
    = before a text keeps it a text: =9.
cli-asking-best = { $question } (narrows it most: about { $expected } would be left)
cli-asking-other = { $question } (about { $expected } would be left)
cli-asking-leaves = leaves { $count }
cli-asking-more = { "  " }and { $count } more: type it
cli-asking-others = Other questions: { $others }
cli-asking-answered = The question { $question } is answered: u takes the last answer back.
cli-asking-nothing-asked = Nothing is left to ask: u takes the last answer back, Enter ends.
cli-asking-which = Which one does “{ $typed }” mean?
cli-asking-end = Nothing is left to ask: u takes the last answer back, l lists what remains, Enter ends.
cli-asking-show = All of one: headstamp reference show { $id }
cli-asking-again = The same in one line: headstamp reference identify { $options }
cli-tell = { $of } from { $from }: { $tell }
cli-compare-marks = ! differs  ~ partly  = same  ? not known of both
cli-serial-fits = { $serial } has the shape of this model's numbers ({ $examples }).
cli-serial-does-not-fit = { $serial } does not have the shape of this model's numbers ({ $examples }): read it again, and look for another number or model.
cli-serial-shape-unknown = The shape of this model's numbers is not known here: { $serial } cannot be tested.
cli-serial-dated = It may say { $years } ({ $system }): a hint to be checked with the maker.
cli-serial-ranged = { $kind } by its range { $first } to { $last } ({ $table }): a hint, to be confirmed by the maker's records.
cli-serial-ranged-maker = { $kind }, maker { $maker }, by its range { $first } to { $last } ({ $table }): a hint, to be confirmed by the maker's records.
cli-range-note = Note: { $text }
cli-range-source = Source: { $text }
cli-serial-made = The number itself says no year that is known here. The model was made { $years }.
cli-serial-not-dated = Neither the number nor the card says a year.
cli-serial-names-model = { $model } is called like this number: it is probably the model, not a serial.
cli-editions = { $count ->
    [0] No list was brought in. Bring one in with: headstamp reference import FILE --purpose TEXT
    [one] One edition.
   *[other] { $count } editions.
  }
cli-edition-removed = { $name } with { $entries } entries was removed; the journal keeps that it was there.
cli-import-file = { $file }: { $kind }, { $encoding }, fields separated by { $delimiter }, { $rows } rows
cli-import-mapping = Its headings are those of the mapping { $name }, which was kept.
cli-import-not-read = not read
cli-columns-unknown = { $file }: no list with these headings is known. What its columns probably say, guessed from their headings:
cli-columns-nothing-read = { $file }: nothing was read of it, because no list with these headings is known: say what its columns are with --map
cli-columns-command = Look at the values, change what is wrong, and see what an import would do:
cli-columns-meanings = Meanings: { $meanings }. The columns that are not named are not read; --save-mapping NAME keeps them with the import.
cli-import-models = { $models } entries: { $new } new, { $linked } linked to entries there are; make known for { $makes }, calibre for { $calibres }, kind for { $types }
cli-import-codes = { $codes } codes: { $known-codes } mean something this table has, { $new-makes } makes it does not have yet
cli-import-linked-to = { "  " }{ $rows ->
    [one] one row
   *[other] { $rows } rows
  } to { $id }
cli-import-would = Nothing was imported. It would become the edition { $name }; { $refused } rows would be refused.
cli-import-done = The edition { $name } is beside the table; { $refused } rows were refused.
cli-import-more-refused = { $count } more rows were refused: --refused FILE writes all of them with their reasons
cli-import-progress = { $percent } %
