/**
 * Unsaved text of a report, kept for as long as the tab lives: an ended session or a reload must
 * not cost a radiologist's words. Signing out and closing the tab forget it.
 */
export interface KeptEdit {
  /** Whose words these are: the next user of this tab must not find them as his own. */
  author: string;
  reportId: string;
  /** The version the text was written on. */
  version: number;
  text: string;
}

const PREFIX = 'overread.edit.';

export function keepEdit(studyInstanceUid: string, edit: KeptEdit): void {
  attempt(() => sessionStorage.setItem(PREFIX + studyInstanceUid, JSON.stringify(edit)));
}

export function forgetEdit(studyInstanceUid: string): void {
  attempt(() => sessionStorage.removeItem(PREFIX + studyInstanceUid));
}

export function forgetAllEdits(): void {
  attempt(() => {
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
    }
  });
}

export function keptEdit(studyInstanceUid: string): KeptEdit | null {
  return (
    attempt(() => {
      const kept = sessionStorage.getItem(PREFIX + studyInstanceUid);
      return kept === null ? null : (JSON.parse(kept) as KeptEdit);
    }) ?? null
  );
}

/** Storage may be switched off or full; the edit then lives in the page only. */
function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
