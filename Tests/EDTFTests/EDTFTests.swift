// Specifications of EDTF.
