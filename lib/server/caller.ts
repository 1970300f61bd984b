import 'server-only';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

const HEADER = 'x-forwarded-for';
/** An IPv4 address that came over an IPv6 socket is written as IPv4. */
const plain = (address: string) => address.trim().replace(/^::ffff:(?=\d+\.)/i, '');

/** @param addresses Addresses and networks (`10.0.0.0/8`); what is none of them throws. */
export function addressList(addresses: readonly string[]): BlockList {
  const list = new BlockList();
  for (const entry of addresses) {
    const [address = '', bits] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

/**
 * Who really calls: the socket's address. Only a trusted proxy is believed when it names another: the last one that is no trusted proxy itself,
 * because each appends whom it saw, and what stands before was sent by the caller.
 */
export function callerOf(socket: string | undefined, forwarded: string | undefined, proxies: BlockList): string {
  const trusted = (address: string) => proxies.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  let caller = plain(socket ?? '');
  for (const named of (forwarded ?? '').split(',').map(plain).reverse()) {
    if (isIP(caller) === 0 || !trusted(caller) || isIP(named) === 0) break;
    caller = named;
  }
  return caller;
}

/**
 * Puts the caller's true address into `x-forwarded-for` of every request, before anything reads it: Next sets the header only where the caller sent none, so
 * that a forged one would stay. The channel is Node's, told before a server's own handlers. Returns how it ends.
 */
export function tellCallers(proxies: readonly string[]): () => void {
  const list = addressList(proxies);
  const onStart = (message: unknown) => {
    const { request } = message as { request: IncomingMessage };
    const forwarded = request.headers[HEADER];
    request.headers[HEADER] = callerOf(request.socket.remoteAddress, Array.isArray(forwarded) ? forwarded.join() : forwarded, list);
  };
  subscribe('http.server.request.start', onStart);
  return () => void unsubscribe('http.server.request.start', onStart);
}
