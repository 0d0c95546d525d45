/// A set of positions among the words of a text: sixty-four to a block, so that a step of the search treats them at once.
struct PositionSet: Hashable, Sendable {
  /// Bit `i` of block `b` stands for position `64 b + i`.
  private var blocks: [UInt64]

  /// The empty set of positions from 0 to `last`.
  init(upTo last: Int) {
    blocks = Array(repeating: 0, count: last / 64 + 1)
  }

  /// Every position from 0 to `last`.
  init(allUpTo last: Int) {
    blocks = Array(repeating: .max, count: last / 64 + 1)
    blocks[blocks.count - 1] >>= UInt64(63 - last % 64)
  }

  var isEmpty: Bool { blocks.allSatisfy { $0 == 0 } }

  /// The first of them that is not before `position`.
  func first(from position: Int) -> Int? {
    guard position / 64 < blocks.count else { return nil }
    let head = blocks[position / 64] & (.max << UInt64(position % 64))
    if head != 0 { return position / 64 * 64 + head.trailingZeroBitCount }
    guard let block = blocks[(position / 64 + 1)...].firstIndex(where: { $0 != 0 }) else {
      return nil
    }
    return block * 64 + blocks[block].trailingZeroBitCount
  }

  /// The first `count` of them.
  func prefix(_ count: Int) -> [Int] {
    var found: [Int] = []
    while found.count < count, let next = first(from: found.last.map { $0 + 1 } ?? 0) {
      found.append(next)
    }
    return found
  }

  mutating func formUnion(_ occurrences: Occurrences) {
    for block in occurrences.blocks { blocks[block.index] |= block.bits }
  }

  mutating func formUnion(_ other: PositionSet) {
    for index in blocks.indices { blocks[index] |= other.blocks[index] }
  }

  mutating func subtract(_ occurrences: Occurrences) {
    for block in occurrences.blocks { blocks[block.index] &= ~block.bits }
  }

  /// The places of `occurrences` that one of these positions follows at once.
  func preceded(by occurrences: Occurrences) -> PositionSet {
    var result = PositionSet(upTo: blocks.count * 64 - 1)
    result.blocks.withUnsafeMutableBufferPointer { result in
      blocks.withUnsafeBufferPointer { blocks in
        occurrences.blocks.withUnsafeBufferPointer { places in
          for place in places {
            let carried = place.index + 1 < blocks.count ? blocks[place.index + 1] &<< 63 : 0
            result[place.index] = place.bits & (blocks[place.index] &>> 1 | carried)
          }
        }
      }
    }
    return result
  }

  /// The positions from which one of these is at most `distance` ahead.
  func reached(within distance: Int) -> PositionSet {
    let steps = Self.steps(to: distance)
    var result = self
    result.blocks.withUnsafeMutableBufferPointer { blocks in
      // The nearest position of the set in the blocks that follow.
      var next = Int.max
      for index in blocks.indices.reversed() {
        let bits = blocks[index]
        let first = next &- distance &- index &* 64
        if first <= 0 {
          blocks[index] = .max
        } else if bits != 0 || first < 64 {
          // Who reaches a block's length reaches every position before the last of it.
          var reached =
            distance < 63
            ? Self.spread(bits, steps) : bits == 0 ? 0 : .max &>> UInt64(bits.leadingZeroBitCount)
          if first < 64 { reached |= .max &<< UInt64(first) }
          blocks[index] = reached
        }
        if bits != 0 { next = index &* 64 &+ bits.trailingZeroBitCount }
      }
    }
    return result
  }

  private static func spread(_ bits: UInt64, _ steps: Steps) -> UInt64 {
    var reached = bits
    reached |= reached &>> steps.0
    reached |= reached &>> steps.1
    reached |= reached &>> steps.2
    reached |= reached &>> steps.3
    reached |= reached &>> steps.4
    reached |= reached &>> steps.5
    return reached
  }

  private typealias Steps = (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64)

  /// By how much a block is shifted each time for its positions to spread as far as `distance`, or over the whole of it.
  private static func steps(to distance: Int) -> Steps {
    var done: UInt64 = 0
    func next() -> UInt64 {
      let step = min(done + 1, UInt64(min(distance, 63)) - done)
      done += step
      return step
    }
    return (next(), next(), next(), next(), next(), next())
  }
}

/// Where a word stands in a text: the blocks of a set of positions that are not empty, in order.
struct Occurrences: Hashable, Sendable {
  struct Block: Hashable, Sendable {
    let index: Int
    var bits: UInt64
  }

  private(set) var blocks: [Block] = []

  /// Adds a position that is not before the last.
  mutating func append(_ position: Int) {
    append(Block(index: position / 64, bits: 1 << UInt64(position % 64)))
  }

  private mutating func append(_ block: Block) {
    if blocks.last?.index == block.index {
      blocks[blocks.count - 1].bits |= block.bits
    } else {
      blocks.append(block)
    }
  }

  /// What any of several words stands at.
  init(joining lists: [Occurrences] = []) {
    guard lists.count > 1 else {
      blocks = lists.first?.blocks ?? []
      return
    }
    for block in lists.flatMap(\.blocks).sorted(by: { $0.index < $1.index }) { append(block) }
  }
}
