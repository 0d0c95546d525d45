import Glibc

/// The three streams that every program begins with.
enum StandardStreams {
  /// Opens those that whoever started the process had closed. Otherwise the first socket would take the number of
  /// standard output, and answers would go to the server.
  static func open() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
      // The lowest number that is free is taken: this one.
      _ = Glibc.open("/dev/null", O_RDWR)
    }
  }
}
