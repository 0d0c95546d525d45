import FoundationEssentials
import StrictJSON
import Testing

@testable import dossier

@Suite("Settings")
struct SettingsTests {
  @Test("The flag comes before the environment, the environment before the file")
  func precedence() async throws {
    try await Sandbox.withDatabase { sandbox in
      for name in ["one", "two", "three"] { _ = try await sandbox("casebook", "create", name) }
      func used(_ arguments: String..., with extra: [String: String] = [:]) async throws -> String?
      {
        let outcome = try await sandbox.run(
          ["log", "head", "--format", "json"] + arguments, with: extra)
        return try outcome.json["casebook"]?.stringValue
      }
      let undecided = try await sandbox("case", "list")
      #expect(undecided.status == 64)
      #expect(undecided.errors.contains("Choose one with --casebook"))

      let use = try await sandbox("casebook", "use", "one")
      #expect(use.status == 0)
      #expect(try sandbox.read(".config/dossier/config.yaml") == "casebook: one\n")
      #expect(try await used() == "one")
      #expect(try await used(with: ["DOSSIER_CASEBOOK": "two"]) == "two")
      #expect(try await used("--casebook", "three", with: ["DOSSIER_CASEBOOK": "two"]) == "three")
    }
  }

  @Test(
    "A file that is not in order is refused with its line",
    arguments: [
      (
        "# mine\ncasbook: one\n",
        "line 2: there is no setting \"casbook\". Did you mean \"casebook\"?"
      ),
      (
        "zzz: 1\n",
        "line 1: there is no setting \"zzz\". There are: casebook, database, source, time-zone."
      ),
      ("casebook: [one]\n", "line 1: write one value after \"casebook:\"."),
      ("- casebook\n", " must hold lines such as: casebook: NAME."),
      ("casebook: 'one\n", "this is not YAML"),
      ("casebook: one\nsource: !secret two\n", "line 2: the tag !secret is not read here."),
      ("casebook: !!python/name:os.system one\n", "line 1: the tag !!python/name:os.system is"),
      ("!!int casebook: one\n", "line 1: the tag !!int is not read here."),
      ("!settings\ncasebook: one\n", "line 1: the tag !settings is not read here."),
    ])
  func disorder(text: String, message: String) async throws {
    try await Sandbox.withoutDatabase { sandbox in
      try sandbox.write(text, to: "configuration/dossier/config.yaml")
      let outcome = try await sandbox.run(
        ["case", "list"],
        with: ["XDG_CONFIG_HOME": sandbox.home.appending(path: "configuration").path])
      #expect(outcome.errors.contains(message))
      #expect(outcome.errors.contains("configuration/dossier/config.yaml"))
      #expect(outcome.status == 78)
    }
  }

  @Test("A file that is not in order does not keep anyone from the help")
  func help() async throws {
    try await Sandbox.withoutDatabase { sandbox in
      try sandbox.write("nonsense", to: ".config/dossier/config.yaml")
      #expect(try await sandbox("case", "--help").status == 0)
    }
  }

  @Test("A setting is changed where it stands, and everything else is kept")
  func changing() {
    let text = "# my settings\ncasebook: old  # for now\nsource: book\n"
    #expect(
      Settings.setting("casebook", to: "new", in: text)
        == "# my settings\ncasebook: new\nsource: book\n")
    #expect(Settings.setting("source", to: "x", in: "casebook: a\n") == "casebook: a\nsource: x\n")
    #expect(Settings.setting("source", to: "x", in: "casebook: a") == "casebook: a\nsource: x\n")
    #expect(Settings.setting("casebook", to: "x", in: "") == "casebook: x\n")
  }
}
