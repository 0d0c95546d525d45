// Specifications of CasebookStore.
