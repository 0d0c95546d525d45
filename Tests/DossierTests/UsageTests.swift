import ArgumentParser
import Testing

@testable import dossier

@Suite("Usage")
struct UsageTests {
  @Test(
    "A command line that cannot be understood ends with 64 and one paragraph on standard error",
    arguments: [
      ("edft 1927", "there is no command \"dossier edft\". Did you mean \"dossier edtf\"?"),
      (
        "case shwo x",
        "there is no command \"dossier case shwo\". Did you mean \"dossier case show\"?"
      ),
      ("case zzz", "there is no command \"dossier case zzz\". See \"dossier case --help\"."),
      (
        "help case lst",
        "there is no command \"dossier case lst\". Did you mean \"dossier case list\"?"
      ),
      (
        "edtf --formt csv 1927",
        "unknown option '--formt'. Did you mean '--format'? See \"dossier edtf --help\"."
      ),
      ("edtf --zzz 1927", "unknown option '--zzz'. See \"dossier edtf --help\"."),
      ("edtf", "missing expected argument '<expressions> ...'. See \"dossier edtf --help\"."),
    ])
  func mistakes(line: String, message: String) async throws {
    try await Sandbox.withoutDatabase { sandbox in
      let outcome = try await sandbox.run(line.split(separator: " ").map(String.init))
      #expect(outcome.errors == "dossier: \(message)\n")
      #expect(outcome.output.isEmpty)
      #expect(outcome.status == 64)
    }
  }

  @Test(
    "The shell completes cases, sources and predicates of the casebook in use",
    arguments: [
      ("case show gou", "gouzenko"), ("claim record gouzenko birth.da", "birth.date"),
      ("claim list --source fbi", "fbi-1955"), ("case list --format nd", "ndjson"),
    ])
  func completion(line: String, completed: String) async throws {
    try await Sandbox.withOffice { office in
      let words = line.split(separator: " ")
      let outcome = try await office.shell(
        """
        PATH="$(dirname "$DOSSIER"):$PATH"
        . <(dossier --generate-completion-script bash)
        COMP_WORDS=(dossier \(line)) COMP_CWORD=\(words.count)
        COMP_LINE="dossier \(line)" COMP_POINT=${#COMP_LINE}
        _dossier dossier \(words.last!) \(words[words.count - 2])
        echo "${COMPREPLY[@]}"
        """)
      #expect(outcome.output == "\(completed)\n")
    }
  }

  @Test("Options that every command has may also stand before it")
  func leadingOptions() async throws {
    try await Sandbox.withoutDatabase { sandbox in
      let outcome = try await sandbox("--format", "csv", "--no-pager", "edtf", "1927~")
      #expect(outcome.status == 0)
      #expect(outcome.lines.first?.hasPrefix("edtf,level,") == true)
    }
  }

  @Test("An argument that is not UTF-8 is refused with the byte, not repaired")
  func malformedArgument() async throws {
    try await Sandbox.withoutDatabase { sandbox in
      let outcome = try await sandbox.shell(#""$DOSSIER" edtf $'19\xff27'"#)
      #expect(
        outcome.errors
          == "dossier: argument 2 is not UTF-8: byte 2 is wrong. Write it in UTF-8, or "
          + "into a file and pass @FILE.\n")
      #expect(outcome.status == 65)
    }
  }

  @Test("Every command's help begins with what it does and examples")
  func examples() {
    for command in commands(below: Dossier.self) where command.configuration.shouldDisplay {
      let configuration = command.configuration
      #expect(!configuration.abstract.isEmpty, "\(command)")
      let lines = configuration.discussion.split(separator: "\n")
      #expect(lines.first == "EXAMPLES", "\(command)")
      // Longer ones would be broken where a line that is copied must not be.
      let examples = lines.dropFirst().prefix { $0.hasPrefix("  ") }
      #expect(examples.first?.contains("dossier ") == true, "\(command)")
      #expect(examples.allSatisfy { $0.count <= 80 }, "\(command)")
    }
  }

  @Test("Help goes to standard output, with examples before usage and options")
  func help() async throws {
    try await Sandbox.withoutDatabase { sandbox in
      for line in [["case", "list", "--help"], ["help", "case", "list"]] {
        let outcome = try await sandbox.run(line)
        #expect(outcome.status == 0)
        #expect(outcome.errors.isEmpty)
        #expect(outcome.lines.prefix(3) == ["List the cases.", "", "EXAMPLES"])
        let usage = try #require(
          outcome.lines.firstIndex { $0.hasPrefix("USAGE: dossier case list") })
        #expect(usage > 3)
      }
      let noun = try await sandbox("case")
      #expect(noun.status == 0)
      #expect(noun.output.contains("USAGE: dossier case <subcommand>"))
    }
  }

  @Test("The version is one line")
  func version() async throws {
    try await Sandbox.withoutDatabase { sandbox in
      let outcome = try await sandbox("--version")
      #expect(outcome.output == "\(Version.text)\n")
    }
  }

  private func commands(below root: any ParsableCommand.Type) -> [any ParsableCommand.Type] {
    [root] + root.configuration.subcommands.flatMap { commands(below: $0) }
  }
}
