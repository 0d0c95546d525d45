import Glibc
import Testing

@testable import EmbeddedPostgres

@Suite("Where the embedded PostgreSQL is")
struct HomeTests {
  private let anna = Account(name: "anna", userID: 1000, groupID: 1000, home: "/home/anna")
  private let root = Account(name: "root", userID: 0, groupID: 0, home: "/root")

  @Test("DOSSIER_HOME, then the XDG data directory, then ~/.local/share; /var/lib for root")
  func standard() {
    #expect(
      Home.standard(environment: ["DOSSIER_HOME": "/x", "XDG_DATA_HOME": "/y"], person: anna)
        == "/x")
    #expect(
      Home.standard(
        environment: ["DOSSIER_HOME": "", "XDG_DATA_HOME": "/y", "HOME": "/z"], person: anna)
        == "/y/dossier")
    #expect(
      Home.standard(environment: ["XDG_DATA_HOME": "relative", "HOME": "/z"], person: anna)
        == "/z/.local/share/dossier")
    #expect(Home.standard(environment: [:], person: anna) == "/home/anna/.local/share/dossier")
    #expect(
      Home.standard(environment: ["XDG_DATA_HOME": "/y", "HOME": "/root"], person: root)
        == "/var/lib/dossier")
    #expect(Home.standard(environment: ["DOSSIER_HOME": "/x"], person: root) == "/x")
  }

  @Test("A directory has one spelling, before it exists and after")
  func resolved() async throws {
    try await withDirectory { directory in
      let real = "\(directory)/real"
      #expect(mkdir(real, 0o755) == 0)
      #expect(symlink(real, "\(directory)/link") == 0)
      let before = try Home.resolved("\(directory)/link/./new//home/")
      #expect(before == "\(real)/new/home")
      try Files.makeDirectories(before, mode: 0o755)
      #expect(try Home.resolved("\(directory)/link/new/../new/home") == before)
      #expect(try Home.resolved("/") == "/")
      #expect(try Home.resolved("relative").hasSuffix("/relative"))
    }
  }

  @Test("A path that no file can have is refused", arguments: ["", "/tmp/a\nb", "/tmp/\u{1B}[31m"])
  func unusable(path: String) {
    #expect(throws: EmbeddedPostgresError.unusableHome(path)) { try Home.resolved(path) }
    #expect(!"\(EmbeddedPostgresError.unusableHome(path))".contains("\u{1B}"))
  }

  @Test("The socket's path is short and tells homes apart")
  func socketDirectory() {
    let long = String(repeating: "/directory", count: 400)
    let clusters = [long, long + "2"].map {
      EmbeddedCluster(home: $0, person: anna, serverAccount: anna)
    }
    #expect(clusters[0].socketDirectory != clusters[1].socketDirectory)
    #expect(clusters.allSatisfy { $0.socket.utf8.count <= 107 })
  }

  @Test("A server's file is read at each stage of its writing")
  func postmasterFile() {
    #expect(PostmasterFile(text: "") == nil)
    #expect(PostmasterFile(text: "nonsense\n") == nil)
    #expect(PostmasterFile(text: "-12\n/data\n")?.processID == 12)
    #expect(PostmasterFile(text: "12\n/data\n1\n5432\n/tmp\n\n1 1\n")?.status == "")
    #expect(PostmasterFile(text: "12\n/data\n1\n5432\n/tmp\n\n1 1\nready   \n")?.status == "ready")
  }

  @Test("PostgreSQL's complaints are told without their prefixes")
  func complaints() {
    #expect(
      complaint(
        in: """
          2026-01-01 00:00:00 UTC [1] LOG:  starting
          2026-01-01 00:00:00 UTC [1] FATAL:  could not map memory: Cannot allocate memory
          2026-01-01 00:00:00 UTC [1] HINT:  Ask for less.
          """) == "could not map memory: Cannot allocate memory. Ask for less.")
    #expect(
      complaint(in: "LOG:  invalid value for parameter \"jit\": \"x\"\nLOG:  ready\nFATAL:  Is it?")
        == "invalid value for parameter \"jit\": \"x\". Is it?")
    #expect(complaint(in: "one\ntwo\n") == "two.")
  }

  @Test("Versions are read from what PostgreSQL prints")
  func versions() {
    #expect(
      InstallationSearch.majorVersion(in: "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)")
        == 15)
    #expect(InstallationSearch.majorVersion(in: "17devel") == 17)
    #expect(InstallationSearch.majorVersion(in: "") == nil)
  }
}
