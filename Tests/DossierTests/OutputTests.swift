import StrictJSON
import Testing

@testable import dossier

@Suite("Output")
struct OutputTests {
  @Test("One answer in four forms")
  func formats() async throws {
    try await Sandbox.withCasebook { sandbox in
      let table = try await sandbox("case", "list")
      #expect(table.lines.contains("CASE   NAME        KIND    CLAIMS  SOURCES"))

      let json = try await sandbox("case", "list", "--format", "json")
      #expect(try json.json["basis"]?["casebook"] == "demo")
      #expect(try json.json["cases"]?[0]?["slug"] == "smith")

      let ndjson = try await sandbox("case", "list", "--format", "ndjson")
      #expect(ndjson.lines.count == 1)
      #expect(try ndjson.json["slug"] == "smith")
      #expect(ndjson.errors.hasPrefix("as of demo@"))

      let csv = try await sandbox("case", "list", "--format", "csv")
      #expect(csv.lines.first?.hasPrefix("slug,name,kind,status,") == true)
      #expect(csv.lines.dropFirst().first?.hasPrefix("smith,John Smith,person,") == true)
      #expect(csv.errors.hasPrefix("as of demo@"))
    }
  }

  @Test("What would command a terminal is shown escaped; programs get the text itself")
  func escapes() async throws {
    try await Sandbox.withCasebook { sandbox in
      let text = "\u{1B}[31m \u{9B}2J \u{202E}t"
      _ = try await sandbox("annotate", "smith", text)
      let table = try await sandbox("annotation", "list")
      #expect(table.output.contains(#"\u{1b}[31m \u{9b}2J \u{202e}t"#))
      let json = try await sandbox("annotation", "list", "--format", "json")
      #expect(
        json.output.unicodeScalars.allSatisfy { $0.value == 10 || (32..<127).contains($0.value) })
      #expect(try json.json["annotations"]?[0]?["text"]?.stringValue == text)
      let csv = try await sandbox("annotation", "list", "--format", "csv")
      #expect(csv.output.contains(text))
    }
  }

  @Test(
    "Before the first event there is nothing, of this casebook",
    arguments: ["case list", "replay --to @0", "source list"])
  func emptyPrefix(line: String) async throws {
    try await Sandbox.withCasebook { sandbox in
      let words = line.split(separator: " ").map(String.init)
      let when = words.contains("--to") ? [] : ["--as-of", "@0"]
      let json = try await sandbox.run(words + when + ["--format", "json"])
      #expect(try json.json["basis"] == ["casebook": "demo", "position": 0])
      let page = try await sandbox.run(words + when)
      #expect(page.lines.first?.hasSuffix("demo@0") == true)
    }
  }

  @Test("Members of members become columns named with a dot")
  func flattening() {
    let records = [
      FlatRecord(["ref": "c1", "attribution": ["stance": "asserts"], "tags": ["a", "b"]]),
      FlatRecord(["ref": "c2", "edtf": .null, "n": 3, "yes": true, "list": [["x": 1]]]),
    ]
    #expect(
      FlatRecord.names(of: records)
        == ["ref", "attribution.stance", "tags", "edtf", "n", "yes", "list"])
    #expect(records[0]["tags"] == "a; b")
    #expect(records[0]["n"] == "")
    #expect(records[1]["edtf"] == "")
    #expect(records[1]["n"] == "3")
    #expect(records[1]["list"] == #"[{"x":1}]"#)
  }
}
