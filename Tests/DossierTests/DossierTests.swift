// Specifications of Dossier.
