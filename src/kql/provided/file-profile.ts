import type { StoredFunction } from '../lower/context.js';

/** The columns that Defender's FileProfile() adds, with their types. */
const COLUMNS = {
  SHA1: 'string',
  SHA256: 'string',
  MD5: 'string',
  FileSize: 'long',
  GlobalPrevalence: 'long',
  GlobalFirstSeen: 'datetime',
  GlobalLastSeen: 'datetime',
  Signer: 'string',
  Issuer: 'string',
  SignerHash: 'string',
  IsCertificateValid: 'bool',
  IsRootSignerMicrosoft: 'bool',
  SignatureState: 'string',
  IsExecutable: 'bool',
  ThreatName: 'string',
  Publisher: 'string',
  SoftwareName: 'string',
  ProfileAvailability: 'string',
} as const;

/** A column that the table has stays as it is; the others are empty. */
const added = Object.entries(COLUMNS).map(
  ([name, type]) => `${name} = column_ifexists('${name}', ${type === 'string' ? "''" : `${type}(null)`})`,
);

/** Defender's `invoke FileProfile(SHA1, 1000)`: file reputations live in Microsoft's cloud, so all it adds is empty here. */
export const FILE_PROFILE: StoredFunction = {
  name: 'FileProfile',
  parameters: "(T:(*), FileId:string='SHA1', Limit:long=100)",
  body: `T | extend ${added.join(', ')}`,
  columnArguments: true,
  warning: {
    code: 'no-file-profile',
    message:
      'FileProfile() added empty columns: prevalence, signer and reputation of files are in Microsoft Defender only. Conditions on them match no row, or every row if they ask for missing values.',
  },
};
