// CasebookStore
