enum LiveFrameGoldens {
  static let oneHundredAndTwenty = """
    Workflow Quick
    run 7f3a · deadline 10m
    ✓ 1 Build locally                                                                                                 12.4s
    ▸ 2 検証する 👩‍🚀 the build                                                                                        1m 03s
      ✓ 2.1 Types é                                                                                                    2.0s
      ▸ 2.2 Lint · attempt 2 of 3                                                                                    1m 01s
        │ src/app.js      ok
        │ 漢字のファイル.js  12 problems
    ○ 3 Upload dist/
    ○ 4 Restart the service
    “Lint” is over its 60 s. What now?
    [b]ackground  [w]ait longer  [x] cancel  (42 s)
    Ctrl-C stops and rolls back
    """

  static let eighty = """
    Workflow Quick
    run 7f3a · deadline 10m
    ✓ 1 Build locally                                                         12.4s
    ▸ 2 検証する 👩‍🚀 the build                                                1m 03s
      ✓ 2.1 Types é                                                            2.0s
      ▸ 2.2 Lint · attempt 2 of 3                                            1m 01s
        │ src/app.js      ok
        │ 漢字のファイル.js  12 problems
    ○ 3 Upload dist/
    ○ 4 Restart the service
    “Lint” is over its 60 s. What now?
    [b]ackground  [w]ait longer  [x] cancel  (42 s)
    Ctrl-C stops and rolls back
    """

  static let forty = """
    Workflow Quick
    run 7f3a · deadline 10m
    ✓ 1 Build locally                 12.4s
    ▸ 2 検証する 👩‍🚀 the build        1m 03s
      ✓ 2.1 Types é                    2.0s
      ▸ 2.2 Lint · attempt 2 of 3    1m 01s
        │ src/app.js      ok
        │ 漢字のファイル.js  12 problems
    ○ 3 Upload dist/
    ○ 4 Restart the service
    “Lint” is over its 60 s. What now?
    [b]ackground  [w]ait longer  [x] cancel
    (42 s)
    Ctrl-C stops and rolls back
    """

  static let twenty = """
    Workflow Quick
    run 7f3a · deadlin…
    ✓ 1 Build locally
    ▸ 2 検証する 👩‍🚀 th…
      ✓ 2.1 Types é
      ▸ 2.2 Lint · att…
    src/app.js      ok
    漢字のファイル.js …
    ○ 3 Upload dist/
    ○ 4 Restart the se…
    “Lint” is over its
    60 s. What now?
    [b]ackground
    [w]ait longer
    [x] cancel  (42 s)
    Ctrl-C stops and r…
    """

  static let fiveRows = """
      ▸ 2.2 Lint · attempt 2 of 3    1m 01s
        │ 漢字のファイル.js  12 problems
    “Lint” is over its 60 s. What now?
    [b]ackground  [w]ait longer  [x] cancel
    (42 s)
    """

  static let folded = """
    Many
    … 16 above, 1 failed
    ✓ 17 step
    ✓ 18 step
    ✓ 19 step
    ▸ 20 step                3.0s
    ○ 21 step
    ○ 22 step
    … 18 to do below
    """
}
