#ifndef BUNDLED_CORPUS_H
#define BUNDLED_CORPUS_H

#include <stddef.h>

/// One file of the bundled corpus: its path inside the corpus directory and its bytes.
typedef struct {
  const char *path;
  const unsigned char *bytes;
  size_t count;
} bundled_file;

/// The files of the casebook "soviet-defectors".
const bundled_file *bundled_corpus_files(size_t *count);

/// The vocabularies with which a casebook can begin, each under its name.
const bundled_file *bundled_vocabularies(size_t *count);

#endif
