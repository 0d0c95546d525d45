public import Casebook

/// A request that was refused because of one of its commands. Nothing was written.
public struct RefusedCommand: Error {
  /// Which command it was, from 0.
  public let index: Int
  /// Why.
  public let refusal: Refusal
}
