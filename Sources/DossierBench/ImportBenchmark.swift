import FoundationEssentials

/// Importing one long case against importing as many claims in many short ones: the rates should not differ.
struct ImportBenchmark: Benchmark {
  private static let claims = 16_000
  private static let claimsPerCase = 40

  private let laboratory: Laboratory
  private let dossier: String

  init(_ laboratory: Laboratory, dossier: String) {
    self.laboratory = laboratory
    self.dossier = dossier
  }

  var name: String { "dossier import corpus, \(Self.claims) claims: one case / many" }

  func measure() async throws -> [Measurement] {
    let configuration = try await laboratory.createDatabase("import")
    let environment = Program.environment(for: configuration)
    let directory = FileManager.default.temporaryDirectory.appending(path: "import-\(UUID())")
    defer { try? FileManager.default.removeItem(at: directory) }
    let one = try Files(directory.appending(path: "one"), cases: 1, claims: Self.claims)
    let many = try Files(
      directory.appending(path: "many"), cases: Self.claims / Self.claimsPerCase,
      claims: Self.claimsPerCase)
    var runs = 0
    func load(_ files: Files) throws {
      runs += 1
      try files.begin("run-\(runs)")
      _ = try Program(dossier, ["import", "corpus", files.directory.path], environment).seconds()
    }
    let times = try await Contest.medians {
      try load(one)
    } against: {
      try load(many)
    }
    return [
      Measurement(
        name: name, value: times.measured, baseline: times.baseline, target: .atMost(1.5), unit: "s"
      )
    ]
  }

  /// A casebook as files, with cases of one length.
  private struct Files {
    let directory: URL

    init(_ directory: URL, cases: Int, claims: Int) throws {
      self.directory = directory
      try FileManager.default.createDirectory(
        at: directory.appending(path: "cases"), withIntermediateDirectories: true)
      try write(
        "- {predicate: service.post, label: Post, type: text, values: many, scope: Posts held.}\n",
        to: "vocabulary.yaml")
      try write("- {source: book, title: A Book, issued: 1955}\n", to: "sources.yaml")
      for number in 0..<cases {
        let entries = (0..<claims).map {
          "      - {id: x\($0), predicate: service.post, value: post \($0), locator: p. \($0 + 1)}\n"
        }
        try write(
          "case: person-\(number)\nkind: person\nvoices:\n  - source: book\n    claims:\n"
            + entries.joined(), to: "cases/person-\(number).yaml")
      }
    }

    /// Makes it a casebook that does not exist yet.
    func begin(_ slug: String) throws {
      try write("casebook: \(slug)\ntitle: Measured\n", to: "casebook.yaml")
    }

    private func write(_ text: String, to path: String) throws {
      try Data(text.utf8).write(to: directory.appending(path: path))
    }
  }
}
