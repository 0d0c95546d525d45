import StrictJSON

/// The known name that was probably meant; nil when none is near.
func closestName(to name: String, among known: [String]) -> String? {
  closest(to: name, among: known)
}
