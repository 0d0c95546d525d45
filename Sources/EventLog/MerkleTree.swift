import Crypto

/// The root of the Merkle tree over leaves that arrive one by one (RFC 6962, section 2.1). It keeps one hash a level, so
/// that memory grows with the logarithm of the number of leaves.
public struct MerkleTree: Sendable {
  /// Roots of complete subtrees, the largest first.
  private var subtrees: [(size: Int, hash: [UInt8])] = []
  /// How many leaves there are.
  public private(set) var count = 0

  /// A tree without leaves.
  public init() {}

  /// Adds the hash of the next leaf.
  public mutating func append(leafHash: [UInt8]) {
    count += 1
    subtrees.append((1, leafHash))
    while subtrees.count > 1, subtrees[subtrees.count - 2].size == subtrees[subtrees.count - 1].size
    {
      let right = subtrees.removeLast()
      let left = subtrees.removeLast()
      subtrees.append((left.size * 2, Self.node(left.hash, right.hash)))
    }
  }

  /// The root: 32 bytes; SHA-256 of nothing when there are no leaves.
  public var root: [UInt8] {
    guard var hash = subtrees.last?.hash else { return Array(SHA256.hash(data: [UInt8]())) }
    for subtree in subtrees.dropLast().reversed() { hash = Self.node(subtree.hash, hash) }
    return hash
  }

  private static func node(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
    Array(SHA256.hash(data: [1] + left + right))
  }
}
