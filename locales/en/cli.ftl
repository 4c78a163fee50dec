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
cli-serial-found = The text holds what looks like a serial: { $serial }. Check it with: headstamp check
cli-demo-written = The example workspace with { $records } records was written to { $dir }
