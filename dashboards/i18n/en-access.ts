/** Texts in English: signing in and out. */

export const enAccess = {
  "signIn.title": "Sign in to Muster",
  "signIn.name": "Name",
  "signIn.password": "Password",
  "signIn.submit": "Sign in",
  "signIn.wrong": "No account has this name and password.",
  "signIn.wait_one": "Too many attempts. Try again in {{count}} minute.",
  "signIn.wait_other": "Too many attempts. Try again in {{count}} minutes.",
  "signIn.noAnswer": "Muster does not answer. Check the connection and try again.",
  "signIn.failed": "Signing in failed ({{code}}).",
  "signIn.link":
    "Or open the sign-in link that Muster printed when it was started. An administrator makes accounts with:",
  "signOut.button": "Sign out",
} as const;
