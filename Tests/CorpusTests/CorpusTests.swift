// Specifications of Corpus.
