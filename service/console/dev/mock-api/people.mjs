/** Users of the mock: each with the password `overread`. */
export const people = {
  admin: ['Dr. Ada Admin', ['radiologist', 'administrator', 'auditor']],
  reader: ['Dr. Rosalind Reader', ['radiologist']],
  keeper: ['Karl Keeper', ['administrator']],
  auditor: ['Aud Itor', ['auditor']],
};
