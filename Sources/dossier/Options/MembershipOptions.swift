import ArgumentParser
import struct FoundationEssentials.UUID

/// Options of the commands that give and take access.
struct MembershipOptions: ParsableArguments {
  @Flag(name: .long, help: "Show what would be done; change nothing.") var dryRun = false

  @Option(
    name: .long, help: "A UUID for this request: repeated with the same one, it happens once.")
  var requestID: String?

  func identity() throws -> UUID? { try requestID.map { try RequestIdentity.read($0) } }
}
