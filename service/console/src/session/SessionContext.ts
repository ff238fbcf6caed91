import { createContext, useContext } from 'react';
import type { Session } from '../api/shapes';

export interface SignedIn {
  session: Session;
  signOut: () => void;
}

export const SessionContext = createContext<SignedIn | null>(null);

/** The signed-in user; only components below the session gate may ask. */
export function useSession(): SignedIn {
  const signedIn = useContext(SessionContext);
  if (signedIn === null) throw new Error('No session above this component');
  return signedIn;
}
