import Crypto
import EventLog
import Testing

@Suite("The Merkle tree")
struct MerkleTreeTests {
  /// The inputs and roots of the tests of Google's Certificate Transparency implementation.
  private static let inputs = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
  ]
  private static let roots = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ]

  @Test("has the roots that RFC 6962 gives its known inputs")
  func knownRoots() {
    var tree = MerkleTree()
    #expect(
      hexadecimal(tree.root) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    for (input, root) in zip(Self.inputs, Self.roots) {
      tree.append(leafHash: Array(SHA256.hash(data: [0x00] + bytes(input))))
      #expect(hexadecimal(tree.root) == root)
    }
    #expect(tree.count == 8)
  }

  @Test("has the root of the recursive definition at every size")
  func recursiveDefinition() {
    func root(_ leaves: ArraySlice<[UInt8]>) -> [UInt8] {
      guard leaves.count > 1 else { return leaves.first ?? [] }
      var half = 1
      while half * 2 < leaves.count { half *= 2 }
      let middle = leaves.startIndex + half
      return Array(
        SHA256.hash(data: [0x01] + root(leaves[..<middle]) + root(leaves[middle...])))
    }
    var tree = MerkleTree()
    var leaves: [[UInt8]] = []
    for number in 1...130 {
      leaves.append(Array(SHA256.hash(data: [UInt8(number)])))
      tree.append(leafHash: leaves[number - 1])
      #expect(tree.root == root(leaves[...]))
    }
  }

  private func bytes(_ text: String) -> [UInt8] {
    stride(from: 0, to: text.count, by: 2).compactMap { offset in
      let start = text.index(text.startIndex, offsetBy: offset)
      return UInt8(text[start..<text.index(start, offsetBy: 2)], radix: 16)
    }
  }
}

func hexadecimal(_ bytes: [UInt8]) -> String {
  bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}
