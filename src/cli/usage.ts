/** A value, or a sentence for the user that says what is wrong and what is allowed. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };
