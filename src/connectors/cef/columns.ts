import { type ByteText, byteText } from '../../util/byte-text.js';

/**
 * CEF extension keys and the CommonSecurityLog columns they fill, after Microsoft's "CEF and CommonSecurityLog field
 * mapping" (version of 2023-02-28) with the column spellings of the table's schema.
 */
export interface Target {
  readonly column: string;
  readonly type: 'string' | 'int' | 'long' | 'real' | 'time';
  /** A second column for the same value: the wide replacement of an int column that is being retired. */
  readonly wide?: { readonly column: string; readonly type: 'string' | 'long' };
  /** True when Microsoft's table doesn't list the key: its pair also stays in AdditionalExtensions, where Sentinel leaves it. */
  readonly kept: boolean;
  /** A number of the column, for "was it filled in this event". */
  readonly index: number;
}

const STRINGS = `
  act:DeviceAction app:ApplicationProtocol cat:DeviceEventCategory destinationDnsDomain:DestinationDnsDomain
  destinationServiceName:DestinationServiceName destinationTranslatedAddress:DestinationTranslatedAddress
  deviceDirection:CommunicationDirection deviceDnsDomain:DeviceDnsDomain deviceExternalId:DeviceExternalID
  deviceFacility:DeviceFacility deviceInboundInterface:DeviceInboundInterface deviceNtDomain:DeviceNtDomain
  deviceOutboundInterface:DeviceOutboundInterface devicePayloadId:DevicePayloadId deviceProcessName:ProcessName
  deviceTranslatedAddress:DeviceTranslatedAddress dhost:DestinationHostName dmac:DestinationMACAddress
  dntdom:DestinationNTDomain dpriv:DestinationUserPrivileges dproc:DestinationProcessName dst:DestinationIP
  dtz:DeviceTimeZone duid:DestinationUserID duser:DestinationUserName dvc:DeviceAddress dvchost:DeviceName
  dvcmac:DeviceMacAddress fileCreateTime:FileCreateTime fileHash:FileHash fileId:FileID
  fileModificationTime:FileModificationTime filePath:FilePath filePermission:FilePermission fileType:FileType
  fname:FileName msg:Message oldFileCreateTime:OldFileCreateTime oldFileHash:OldFileHash oldFileId:OldFileID
  oldFileModificationTime:OldFileModificationTime oldFileName:OldFileName oldFilePath:OldFilePath
  oldFilePermission:OldFilePermission oldFileType:OldFileType outcome:EventOutcome proto:Protocol reason:Reason
  request:RequestURL requestClientApplication:RequestClientApplication requestContext:RequestContext
  requestCookies:RequestCookies requestMethod:RequestMethod rt:ReceiptTime shost:SourceHostName
  smac:SourceMACAddress sntdom:SourceNTDomain sourceDnsDomain:SourceDnsDomain sourceServiceName:SourceServiceName
  sourceTranslatedAddress:SourceTranslatedAddress spriv:SourceUserPrivileges sproc:SourceProcessName src:SourceIP
  suid:SourceUserID suser:SourceUserName
  c6a1:DeviceCustomIPv6Address1 c6a1Label:DeviceCustomIPv6Address1Label
  c6a2:DeviceCustomIPv6Address2 c6a2Label:DeviceCustomIPv6Address2Label
  c6a3:DeviceCustomIPv6Address3 c6a3Label:DeviceCustomIPv6Address3Label
  c6a4:DeviceCustomIPv6Address4 c6a4Label:DeviceCustomIPv6Address4Label
  cfp1Label:DeviceCustomFloatingPoint1Label cfp2Label:DeviceCustomFloatingPoint2Label
  cfp3Label:DeviceCustomFloatingPoint3Label cfp4Label:DeviceCustomFloatingPoint4Label
  cn1Label:DeviceCustomNumber1Label cn2Label:DeviceCustomNumber2Label cn3Label:DeviceCustomNumber3Label
  cs1:DeviceCustomString1 cs1Label:DeviceCustomString1Label cs2:DeviceCustomString2 cs2Label:DeviceCustomString2Label
  cs3:DeviceCustomString3 cs3Label:DeviceCustomString3Label cs4:DeviceCustomString4 cs4Label:DeviceCustomString4Label
  cs5:DeviceCustomString5 cs5Label:DeviceCustomString5Label cs6:DeviceCustomString6 cs6Label:DeviceCustomString6Label
  flexString1:FlexString1 flexString1Label:FlexString1Label flexString2:FlexString2 flexString2Label:FlexString2Label
  deviceCustomDate1:DeviceCustomDate1 deviceCustomDate1Label:DeviceCustomDate1Label
  deviceCustomDate2:DeviceCustomDate2 deviceCustomDate2Label:DeviceCustomDate2Label
  flexDate1:FlexDate1 flexDate1Label:FlexDate1Label
  flexNumber1Label:FlexNumber1Label flexNumber2Label:FlexNumber2Label`;

const INTS = `
  cnt:EventCount destinationTranslatedPort:DestinationTranslatedPort dpid:DestinationProcessId dpt:DestinationPort
  dvcpid:ProcessID externalId:ExternalID fsize:FileSize oldFileSize:OldFileSize
  sourceTranslatedPort:SourceTranslatedPort spid:SourceProcessId spt:SourcePort type:EventType
  cn1:DeviceCustomNumber1 cn2:DeviceCustomNumber2 cn3:DeviceCustomNumber3 flexNumber1:FlexNumber1
  flexNumber2:FlexNumber2`;

const LONGS = 'in:ReceivedBytes out:SentBytes';

const REALS = `
  cfp1:DeviceCustomFloatingPoint1 cfp2:DeviceCustomFloatingPoint2 cfp3:DeviceCustomFloatingPoint3
  cfp4:DeviceCustomFloatingPoint4`;

const TIMES = 'start:StartTime end:EndTime';

/** The int columns that Microsoft is replacing, and what by. */
const WIDE: Readonly<Record<string, Target['wide']>> = {
  ExternalID: { column: 'ExtID', type: 'string' },
  DeviceCustomNumber1: { column: 'FieldDeviceCustomNumber1', type: 'long' },
  DeviceCustomNumber2: { column: 'FieldDeviceCustomNumber2', type: 'long' },
  DeviceCustomNumber3: { column: 'FieldDeviceCustomNumber3', type: 'long' },
};

/** The full names of the CEF dictionary, which some products write in place of the short keys. */
const LONG_NAMES = `
  sourceAddress:src destinationAddress:dst sourcePort:spt destinationPort:dpt deviceAction:act applicationProtocol:app
  bytesIn:in bytesOut:out transportProtocol:proto sourceUserName:suser destinationUserName:duser sourceUserId:suid
  destinationUserId:duid sourceHostName:shost destinationHostName:dhost deviceHostName:dvchost deviceAddress:dvc
  deviceReceiptTime:rt startTime:start endTime:end requestUrl:request eventOutcome:outcome baseEventCount:cnt
  message:msg fileName:fname fileSize:fsize deviceProcessId:dvcpid deviceEventCategory:cat deviceMacAddress:dvcmac
  deviceTimeZone:dtz sourceMacAddress:smac destinationMacAddress:dmac sourceNtDomain:sntdom destinationNtDomain:dntdom
  sourceProcessId:spid destinationProcessId:dpid sourceProcessName:sproc destinationProcessName:dproc
  sourceUserPrivileges:spriv destinationUserPrivileges:dpriv deviceCustomString1:cs1 deviceCustomString2:cs2
  deviceCustomString3:cs3 deviceCustomString4:cs4 deviceCustomString5:cs5 deviceCustomString6:cs6
  deviceCustomNumber1:cn1 deviceCustomNumber2:cn2 deviceCustomNumber3:cn3`;

const pairs = (text: string): [string, string][] =>
  text
    .trim()
    .split(/\s+/)
    .map((pair) => pair.split(':') as [string, string]); // prettier-ignore

/** Targets by lower-case key. */
const byKey = new Map<string, Target>();
for (const [type, text] of [
  ['string', STRINGS],
  ['int', INTS],
  ['long', LONGS],
  ['real', REALS],
  ['time', TIMES],
] as const) {
  for (const [key, column] of pairs(text)) {
    byKey.set(key.toLowerCase(), { column, type, wide: WIDE[column], kept: type === 'time', index: byKey.size });
  }
}
/** How many `Target.index` numbers there are. */
export const TARGETS = byKey.size;
for (const [name, key] of pairs(LONG_NAMES)) {
  byKey.set(name.toLowerCase(), { ...byKey.get(key.toLowerCase())!, kept: true });
}

/** An extension key as it was met, so that its case is folded and its column found once and not in every event. */
export interface Key {
  readonly text: string;
  readonly bytes: Buffer;
  /** ` key=`, as it stands behind another pair. */
  readonly behindPair: ByteText;
  /** Its column; null for keys without one. */
  readonly target: Target | null;
  /** Which part of a vendor's own time of the event it is; undefined for other keys. */
  readonly timePart: TimePart | undefined;
  /** The key that last followed this one: a guess that saves the search in the next event. */
  next: Key | null;
}

/**
 * Parts of Fortinet's own time of an event: `epoch`, from seconds to nanoseconds, and what FortiAnalyzer forwards of a device's
 * log (`ad.`), whose `start` is the device's wall clock.
 */
export const TIME_PARTS = ['epoch', 'forwardedEpoch', 'date', 'time', 'zone'] as const;
export type TimePart = (typeof TIME_PARTS)[number];

const TIME_KEYS = new Map<string, TimePart>([
  ['FTNTFGTeventtime', 'epoch'],
  ['FortinetFortiGateeventtime', 'epoch'],
  ['ad.eventtime', 'forwardedEpoch'],
  ['ad.date', 'date'],
  ['ad.time', 'time'],
  ['ad.tz', 'zone'],
]);
const met = new Map<string, Key>();

/** The extension key between two offsets, whatever its case (`Request`, `CAT` are really sent). */
export const findKey = (bytes: Buffer, from: number, to: number): Key => keyOf(bytes.toString('latin1', from, to));

/** An extension key by its text. */
export function keyOf(text: string): Key {
  let key = met.get(text);
  if (key === undefined) {
    const target = byKey.get(text.toLowerCase()) ?? null;
    const behindPair = byteText(Buffer.from(` ${text}=`));
    key = { text, bytes: Buffer.from(text), behindPair, target, timePart: TIME_KEYS.get(text), next: null };
    if (met.size < 10_000) met.set(text, key);
  }
  return key;
}

/** All targets, by their index. */
export const allTargets = (): Target[] => {
  const targets: Target[] = [];
  for (const target of byKey.values()) targets[target.index] ??= target;
  return targets;
};
