/** Why a connection could not be encrypted. */
export interface TlsFault {
  readonly reason: string;
  /** Whether it is a mistake of whoever connects, which will be one on the next try, too. */
  readonly isMistake: boolean;
  /** Whether the other side may not speak TLS at all. */
  readonly isPlain: boolean;
}

/** What OpenSSL says, in Node's words, of a certificate that no trusted authority has signed. */
const UNTRUSTED =
  /^(?:SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_\w+|CERT_(?:UNTRUSTED|REJECTED))$/;

/** What it says of an answer that is not TLS, or not of a version that both know. */
const PLAIN = /^(?:EPROTO|ERR_SSL_(?:WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG))$/;

/** What is wrong with the encryption of a connection, by the code of an error; null for an error that is not about it. */
export function tlsFault(code: string): TlsFault | null {
  if (UNTRUSTED.test(code))
    return mistake('its certificate is not trusted here; name that of its CA with NODE_EXTRA_CA_CERTS=FILE.pem');
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return mistake('its certificate is for another host; use the name that the certificate has');
  if (PLAIN.test(code))
    return { reason: 'it does not speak TLS, or no version that is known here', isMistake: true, isPlain: true };
  if (code === 'CERT_HAS_EXPIRED') return outage('its certificate has expired');
  if (code === 'CERT_NOT_YET_VALID') return outage('its certificate is not valid yet, or the clock is wrong here');
  if (code.startsWith('CERT_')) return outage('its certificate is not valid');
  return /^ERR_(?:SSL|TLS)_/.test(code) ? outage('its encryption failed') : null;
}

function mistake(reason: string): TlsFault {
  return { reason, isMistake: true, isPlain: false };
}

function outage(reason: string): TlsFault {
  return { reason, isMistake: false, isPlain: false };
}
