import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits cannot be guessed, so that a plain hash keeps them safe. The redactor knows the mark in front. */
export function drawToken(): string {
  return `sluice_${randomBytes(32).toString('base64url')}`;
}

/** What is kept of a token. */
export function digestOf(token: string): string {
  return `sha256:${createHash('sha256').update(token).digest('hex')}`;
}
