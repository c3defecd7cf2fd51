import { useLayoutEffect, useRef, useState } from 'preact/hooks';

interface Props {
  /** Whether one was tried, and was not accepted. */
  readonly wasRefused: boolean;
  readonly onToken: (token: string) => void;
}

/** Asks for a bearer token. It is kept nowhere but in memory. */
export function SignIn({ wasRefused, onToken }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [token, setToken] = useState('');
  useLayoutEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="sign-in" aria-labelledby="sign-in-title" onCancel={(event) => event.preventDefault()}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (token.trim() !== '') onToken(token.trim());
        }}
      >
        <h1 id="sign-in-title">Sign in</h1>
        <label for="token">Bearer token of this gateway</label>
        <input
          id="token"
          type="password"
          autocomplete="off"
          spellcheck={false}
          value={token}
          aria-describedby="token-hint"
          aria-invalid={wasRefused}
          onInput={({ currentTarget }) => setToken(currentTarget.value)}
        />
        <p id="token-hint" class="hint">
          It stays in the memory of this page: after a reload it is asked for again.
        </p>
        <p role="alert" class="failure">
          {wasRefused && 'That token is not accepted, or no more.'}
        </p>
        <button type="submit" class="primary">
          Sign in
        </button>
      </form>
    </dialog>
  );
}
