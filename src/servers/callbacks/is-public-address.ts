import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** IPv4 that is no host of the public internet (IANA's special-purpose registry, and multicast). */
const SPECIAL_IPV4 = listOf('ipv4', [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
]);

/** All that is given out as global unicast: loopback, mapped and translated IPv4 (NAT64), link-local and ULA are not. */
const GLOBAL_IPV6 = listOf('ipv6', [['2000::', 3]]);

/** What is in there all the same: Teredo and its neighbours, documentation, 6to4. */
const SPECIAL_IPV6 = listOf('ipv6', [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]);

/**
 * Whether an address is one of the public internet. One that stands for another, as IPv4 within IPv6 does, is none: where
 * it leads is for the network to say.
 */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !SPECIAL_IPV4.check(address);
  // One with a zone is of a link.
  if (!isIPv6(address) || address.includes('%')) return false;
  return GLOBAL_IPV6.check(address, 'ipv6') && !SPECIAL_IPV6.check(address, 'ipv6');
}

function listOf(family: 'ipv4' | 'ipv6', networks: readonly (readonly [address: string, prefix: number])[]): BlockList {
  const list = new BlockList();
  for (const [address, prefix] of networks) list.addSubnet(address, prefix, family);
  return list;
}
