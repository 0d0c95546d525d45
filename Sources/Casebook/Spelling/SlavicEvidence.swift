/// What shows that a name is Russian, Ukrainian or Belarusian, so that its letters may be read as romanised ones. “Juan” and
/// “Yuan” are two names unless something speaks for it that they are not.
enum SlavicEvidence {
  /// Whether it is in the word: its script or signs, its ending, or that it is a given name of theirs.
  static func isIn(_ spelling: String, _ plainReadings: [String]) -> Bool {
    if spelling.unicodeScalars.contains(where: {
      CyrillicLetters.isCyrillic($0) || signs.contains($0)
    }) {
      return true
    }
    let letters = plainReadings.first ?? spelling
    guard letters.utf8.count >= 4 else { return false }
    return endings.contains(where: letters.hasSuffix)
      || !SlavicReading.all(of: spelling).isDisjoint(with: givenNames)
  }

  /// Signs that only romanised names have: soft and hard sign, ISO 9's vowels.
  private static let signs: Set<Unicode.Scalar> = ["ʹ", "ʺ", "â", "û", "ŝ"]

  private static let endings = [
    "ov", "ova", "ev", "eva", "off", "eff", "ow", "owa", "jew", "iew", "dew", "lew", "new", "sew",
    "tin", "kin", "hin", "nin", "lin", "bin", "din", "gin", "min", "pin", "rin", "sin", "zin",
    "syn",
    "cyn", "tsyn", "cin", "ine", "ina",
    "ski", "sky", "skiy", "skii", "skij", "skyi", "skyj", "skaya", "skaja", "skaia", "skoi", "skoy",
    "skoj", "cki", "cky", "ckij", "ckyj", "ckaja", "zky", "zki", "zkij", "zkoi",
    "enko", "chko", "shko", "chuk", "czuk", "tschuk", "yuk", "iuk", "juk",
    "vich", "vych", "vic", "vitch", "wicz", "witsch", "ovna", "evna", "ivna", "ykh", "ych",
  ]

  /// Given names that are theirs alone, or nearly, by all their readings.
  private static let givenNames: Set<String> = Set(
    """
    алексей анатолий андрей аркадий артём афанасий богдан борис вадим валерий василий виталий владимир владислав
    всеволод вячеслав геннадий георгий герасим глеб григорий демьян дмитрий евгений егор емельян ефим захар иван
    игорь илья иннокентий иосиф ипполит кирилл константин кузьма леонид лев макар максим матвей митрофан михаил
    мстислав назар никита николай олег осип остап павел пантелей пётр прокофий родион ростислав савва святослав
    семён сергей станислав степан тарас терентий тимофей трофим фёдор фома юрий яков ярослав
    анастасия глафира галина дарья евгения екатерина елена елизавета зинаида зоя клавдия ксения лариса любовь
    людмила марфа надежда наталья наталия оксана ольга пелагея прасковья раиса светлана татьяна фёкла юлия
    олександр олексій володимир микола сергій андрій дмитро василь юрій михайло євген григорій павло ігор олена
    катерина наталія тетяна ганна
    аляксандр уладзімір мікалай сяргей дзмітрый яўген васіль віктар святлана вольга таццяна
    """.split(whereSeparator: \.isWhitespace).lazy
      .flatMap { SlavicReading.all(of: String($0)) }.filter { $0.count > 2 })
}
