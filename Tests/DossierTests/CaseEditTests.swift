import StrictJSON
import Testing

@Suite("A case edited as a text")
struct CaseEditTests {
  @Test("What is new is recorded, what changed corrected, what is gone withdrawn: one request")
  func edit() async throws {
    try await Sandbox.withOffice { office in
      try office.write(
        """
        /value: hid papers/s/under his shirt/in his hat/
        /source: riehle/,/value:/d
        s/^voices:/&\\n  - source: riehle-2020\\n    locator: ch. 5 ¶ 3\\n    claims:\\n      - {predicate: height, value: 170}\\n      - {predicate: fear, value: yes, hedge: likely}/
        /^disputes:/,/^conclusions:/{/^conclusions:/!d}

        """, to: "edit.sed")
      let head = try await office.head()
      let edited = try await office.done(
        "case edit gouzenko -m 'read p. 42 again'", with: ["EDITOR": "sed -i -f edit.sed"])
      #expect(
        edited.lines.map { $0.prefix { $0 != " " } }.sorted()
          == ["corrected", "recorded", "recorded", "resolved", "withdrawn"])
      #expect(try await office.head() == head + 5)
      let shown = try await office.json("case show gouzenko")
      #expect(
        shown["claims"]?.arrayValue?.map { $0["value"]?.stringValue }
          == ["1919-01-13", "hid papers in his hat", "170", "yes"])
      #expect(shown["claims"]?[3]?["locator"] == "ch. 5 ¶ 3")
      #expect(shown["disputes"]?.arrayValue?.map { $0["status"] } == ["resolved"])
      let undone = try await office.done("undo")
      #expect(undone.lines.count == 5)
    }
  }

  @Test("An untouched text changes nothing, whoever speaks in it and whatever a dispute points to")
  func untouched() async throws {
    try await Sandbox.withOffice { office in
      let head = try await office.head()
      for line in ["", "-s fbi-1955", "-s riehle-2020"] {
        let outcome = try await office.done("case edit gouzenko \(line)", with: ["EDITOR": "true"])
        #expect(outcome.errors == "nothing changed\n", "\(line)")
      }
      let narrowed = try await office.done(
        "case edit gouzenko -s fbi-1955", with: ["EDITOR": "cat"])
      #expect(narrowed.output.contains("counter: gouzenko/c3"))
      #expect(!narrowed.output.contains("riehle-2020"))
      #expect(try await office.head() == head)
      // The claim that the dispute holds against the other is taken back.
      try await office.done("claim withdraw gouzenko/c3 -m 'not in the summary'")
      let outcome = try await office.done("case edit gouzenko", with: ["EDITOR": "true"])
      #expect(outcome.errors == "nothing changed\n")
    }
  }

  @Test("What cannot be recorded is refused by line and field, and nothing is written")
  func refused() async throws {
    try await Sandbox.withOffice { office in
      let edit = "case edit gouzenko"
      try await office.expect([
        Refused("\(edit) --help-me", 64, "--help"),
        Refused("\(edit) -s nobody", 66, "nobody"),
        Refused("\(edit) --expect-version 1", 75, "not 1"),
      ])
      for (editor, status, words) in [
        (
          "sed -i s/1919-01-13/1919-13-13/", 65,
          "gouzenko.yaml:9: claims[0] (c1): value: birth.date"
        ),
        (
          "sed -i s/quote:/qoute:/", 65, "gouzenko.yaml:11: claims[0] (c1): unknown field \"qoute\""
        ),
        (
          "sed -i s/fbi-1955/nobody/", 65,
          "gouzenko.yaml:7: claims[0] (c1): gouzenko/c1 is a claim of"
        ),
        ("sed -i s/1919-01-13/1919-01-14/", 65, "Say why with -m REASON"),
        ("sed -i /claims:/q", 65, "gouzenko.yaml:6: voices[0]: claims: the list is empty; take"),
        ("truncate -s 0", 65, "gouzenko.yaml: the file is empty"),
        ("false", 64, "the editor (false) failed; nothing was written"),
      ] {
        let head = try await office.head()
        let outcome = try await office.typed(edit, with: ["EDITOR": editor])
        #expect(outcome.status == Int32(status), "\(editor): \(outcome.errors)")
        #expect(outcome.errors.contains(words), "\(editor): \(outcome.errors)")
        #expect(try await office.head() == head)
      }
    }
  }

  @Test(
    "At a terminal a text that cannot be recorded is opened again, with what is wrong at its top")
  func again() async throws {
    try await Sandbox.withOffice { office in
      // The first time it breaks the date; the second time it finds why, and mends it.
      try office.write(
        """
        #!/bin/sh
        if grep -q '^#! .*1919-13-13' "$1"; then sed -i s/1919-13-13/1919-01-14/ "$1"
        else sed -i s/1919-01-13/1919-13-13/ "$1"; fi
        signal edited

        """, to: "editor")
      let line = "\"$DOSSIER\" case edit gouzenko -m 'misread the day'"
      try await Screen.running(line, in: office, with: ["EDITOR": "sh editor"]) { screen in
        try await screen.wait(for: "edited")
        try await screen.type("Enter")
        try await screen.wait(for: "ended")
        #expect(try await screen.text().last == "status 0")
      }
      let claim = try await office.json("claim show gouzenko/c1")["claim"]
      #expect(claim?["value"] == "1919-01-14" && claim?["revision"] == 2)
    }
  }

  @Test("Without a terminal an editor that needs one is not opened")
  func noTerminal() async throws {
    try await Sandbox.withOffice { office in
      for editor in ["", "vi", "/usr/bin/nano"] {
        let outcome = try await office.shell(
          "\"$DOSSIER\" case edit gouzenko --dry-run < /dev/null | cat; exit ${PIPESTATUS[0]}",
          with: ["EDITOR": editor, "VISUAL": ""])
        #expect(outcome.errors.contains("needs a terminal"), "\(editor): \(outcome.errors)")
        #expect(outcome.errors.contains("--text FILE"))
      }
    }
  }

  @Test("What was typed and not recorded is kept, and the message says where and how to go on")
  func kept() async throws {
    try await Sandbox.withOffice { office in
      let editor = ["EDITOR": "sed -i s/1919-01-13/1919-01-14/"]
      let outcome = try await office.typed("case edit gouzenko", with: editor)
      #expect(outcome.status == 65)
      let command = try #require(outcome.errors.firstMatch(of: /go on with: dossier (.+?)\.?\n/)).1
      let path = try #require(command.firstMatch(of: /--text (\S+)/)).1
      #expect(outcome.errors.contains("Your text is kept in \(path);"))
      try await office.done("\(command) -m 'misread the day'")
      let claim = try await office.json("claim show gouzenko/c1")["claim"]
      #expect(claim?["value"] == "1919-01-14")
      // The text was made from what the case said before.
      let late = try await office.typed("\(command) -m 'misread the day'")
      #expect(late.status == 75)
      _ = try await office.shell("rm \(path)")
    }
  }

  @Test("Who declines to edit again is told once what is wrong, and keeps the text")
  func declined() async throws {
    try await Sandbox.withOffice { office in
      try office.write(
        "#!/bin/sh\nsed -i s/1919-01-13/1919-13-13/ \"$1\"\n", to: "editor")
      let line = "TMPDIR=\"$HOME\" \"$DOSSIER\" case edit gouzenko -m 'misread the day'"
      try await Screen.running(line, in: office, columns: 120, with: ["EDITOR": "sh editor"]) {
        screen in
        // Typed any earlier, it would be seen before the question.
        try await screen.wait(toShow: "Edit again? [Y/n]")
        try await screen.type("n Enter")
        try await screen.wait(for: "ended")
        let text = try await screen.text().joined(separator: " ")
        #expect(text.hasPrefix("dossier: gouzenko.yaml:9"), "\(text)")
        #expect(text.split(separator: "gouzenko.yaml:9").count == 2)
        #expect(text.contains("Your text is kept in"))
        #expect(text.hasSuffix("status 65"))
      }
      let files = try await office.shell("cat \"$HOME\"/dossier-gouzenko-*.yaml")
      #expect(files.output.contains("1919-13-13"))
    }
  }
}
