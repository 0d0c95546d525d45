// EDTF
