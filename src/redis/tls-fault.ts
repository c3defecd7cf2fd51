/** What OpenSSL calls a certificate that nobody who is trusted has signed, in the words of Node. */
const NOT_TRUSTED =
  /^(?:SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_\w+|CERT_(?:UNTRUSTED|REJECTED))$/;

/** What is wrong with the encryption of a connection, by the code of an error; null where that is about something else. */
export function tlsFault(code: string): string | null {
  if (NOT_TRUSTED.test(code))
    return 'its certificate is of nobody who is trusted here; name the file of its CA in NODE_EXTRA_CA_CERTS';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return 'its certificate is for a host of another name';
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID')
    return 'its certificate is of another time than now';
  if (/^(?:EPROTO$|ERR_SSL_|ERR_TLS_)/.test(code)) return 'it speaks TLS otherwise, or not at all';
  return code.startsWith('CERT_') ? 'its certificate is not valid' : null;
}
