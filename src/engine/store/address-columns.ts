/**
 * String columns that hold one IP address, by the names that vendors and Microsoft give them.
 * Only these get address keys; a column that isn't listed is only slower to test against ranges, never wrong.
 */
const PATTERNS: readonly RegExp[] = [
  // SourceIP, DestinationIp, RemoteIPAddress, SrcIpAddr, CallerIpAddress, LocalAddressIP4, ClientIP_s, IPAddress, Ip …
  /^(?:\w*[a-z0-9_])?(?:IP|Ip)(?:Address|Addr|V?[46])?(?:_s)?$/,
  // sourceIPAddress, srcip, src_ip, dstip_s, client_ip, ip
  /^(?:src|dst|source|dest|destination|client|server|host|local|remote|user|device|nat|x_forwarded)?_?ip(?:_?addr(?:ess)?)?(?:_s)?$/i,
  // SourceTranslatedAddress, DestinationAddress, DeviceAddress, RemoteAddress
  /^(?:Source|Destination|Device|Remote|Local|Client|Server)(?:Translated|Nat)?Addr(?:ess)?$/,
  // DeviceCustomIPv6Address1
  /^DeviceCustomIPv6Address\d$/,
  // Zeek: id_orig_h, id_resp_h, id.orig_h, tx_hosts are lists and left out
  /^(?:id[._])?(?:orig|resp|src|dst)_h(?:_s)?$/,
  // Zeek: src and dst of notices, assigned and requested addresses of DHCP
  /^(?:src|dst|assigned_addr|requested_addr|client_addr|server_addr)$/,
];

const NOT_ADDRESSES =
  /(?:Mac|MAC|Email|Recipient|Sender(?:From)?Address|Physical|Zip|Ship|Clip|Skip|Flip|Trip|Tip|Chip|Strip|Script|Relationship|Membership|Ownership)/;

/** True when a string column of this name is expected to hold IP addresses. */
export const isAddressColumn = (name: string): boolean =>
  !NOT_ADDRESSES.test(name) && PATTERNS.some((pattern) => pattern.test(name));
