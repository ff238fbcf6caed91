import { useEffect, useRef, useState } from 'react';
import { useKeys } from '../keyboard/useKeys';
import { KeyButton } from '../keyboard/KeyButton';
import { ProblemNotice } from '../session/ProblemNotice';
import { goTo } from '../study/place';
import { EmptyWorklist } from './EmptyWorklist';
import { filters, passes, type Filter } from './journeyStep';
import { useWorklistPlace } from './worklistPlace';
import { useWorklist } from './useWorklist';
import { WorklistRow } from './WorklistRow';

export function Worklist({ onHelp }: { onHelp: () => void }) {
  const [place, setPlace] = useWorklistPlace();
  const [typed, setTyped] = useState(place.query);
  const { rows, problem, hasMore, loadMore, retry } = useWorklist(place.query);
  const [now, setNow] = useState(() => Date.now());
  const search = useRef<HTMLInputElement>(null);
  const table = useRef<HTMLTableElement>(null);

  useEffect(() => {
    const timer = setTimeout(() => {
      const query = typed.trim();
      if (query !== place.query) setPlace({ ...place, query });
    }, 200);
    return () => clearTimeout(timer);
  }, [typed, place, setPlace]);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 20_000);
    return () => clearInterval(timer);
  }, []);

  const shown = (rows ?? []).filter((row) => passes(row, place.filter));
  const found = shown.findIndex((row) => row.studyInstanceUid === place.selected);
  const selected = found < 0 ? 0 : found;
  const select = (index: number) => {
    const at = Math.max(0, Math.min(shown.length - 1, index));
    const row = shown[at];
    if (row) setPlace({ ...place, selected: row.studyInstanceUid });
    // The focus goes along, so that a screen reader speaks the row and Enter opens it.
    table.current?.querySelectorAll<HTMLElement>('tbody a')[at]?.focus();
  };
  const open = (studyInstanceUid: string) => {
    setPlace({ ...place, selected: studyInstanceUid });
    goTo({ page: 'study', studyInstanceUid, tab: 'report' });
  };
  const listed = shown.length > 0;
  useEffect(() => {
    // Back from a study the focus stands where it was, and j and k go on from there.
    const links = table.current?.querySelectorAll<HTMLElement>('tr[aria-current=true] a');
    if (listed && document.activeElement === document.body) links?.[0]?.focus();
  }, [listed]);

  useKeys({
    next: () => select(selected + 1),
    previous: () => select(selected - 1),
    first: () => select(0),
    last: () => select(shown.length - 1),
    open: () => {
      const row = shown[selected];
      if (row) open(row.studyInstanceUid);
    },
    search: () => search.current?.select(),
    help: onHelp,
  });

  return (
    <main className="worklist" data-testid="worklist">
      <div className="worklist-tools">
        <h1>Worklist</h1>
        <div className="search">
          <label htmlFor="search" className="visually-hidden">
            Search by name, patient ID, accession number or description
          </label>
          <input
            id="search"
            ref={search}
            type="search"
            placeholder="Search name, ID, accession number, description"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape' || event.key === 'Enter') event.currentTarget.blur();
              if (event.key === 'Escape') setTyped('');
            }}
            data-testid="worklist-search"
          />
          <kbd aria-hidden="true">/</kbd>
        </div>
        <div className="filters" role="group" aria-label="Show">
          {(Object.keys(filters) as Filter[]).map((filter) => (
            <button
              key={filter}
              type="button"
              aria-pressed={place.filter === filter}
              onClick={() => setPlace({ ...place, filter })}
              data-testid={`filter-${filter}`}
            >
              {filters[filter].label}{' '}
              <span className="count">
                {rows === null ? '' : rows.filter((row) => passes(row, filter)).length}
              </span>
            </button>
          ))}
        </div>
        <span className="spring" />
        <KeyButton command="help" onClick={onHelp} className="plain">
          Keys
        </KeyButton>
      </div>
      {problem && (
        <ProblemNotice problem={problem}>
          <button type="button" onClick={retry}>
            Try again
          </button>
        </ProblemNotice>
      )}
      {rows === null && problem === null && <p className="quiet-page">Loading the worklist…</p>}
      {rows !== null && rows.length === 0 && place.query === '' && <EmptyWorklist />}
      {rows !== null && shown.length === 0 && (rows.length > 0 || place.query !== '') && (
        <p className="quiet-page" role="status" data-testid="worklist-no-match">
          No study matches.{' '}
          <button
            type="button"
            onClick={() => {
              setTyped('');
              setPlace({ ...place, query: '', filter: 'all' });
            }}
          >
            Show all
          </button>
        </p>
      )}
      {shown.length > 0 && (
        <div className="table-scroll">
          <table ref={table} className="studies" aria-label="Studies">
            <thead>
              <tr>
                <th scope="col">State</th>
                <th scope="col">Patient</th>
                <th scope="col">Patient ID</th>
                <th scope="col">Born</th>
                <th scope="col">Sex</th>
                <th scope="col">Study date</th>
                <th scope="col">Modality</th>
                <th scope="col">Description</th>
                <th scope="col" className="wide-only">
                  Accession
                </th>
                <th scope="col" className="number">
                  Images
                </th>
                <th scope="col" className="number">
                  Revision
                </th>
                <th scope="col">Last image</th>
                <th scope="col">Completeness</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((row, index) => (
                <WorklistRow
                  key={row.studyInstanceUid}
                  row={row}
                  now={now}
                  selected={index === selected}
                  onOpen={() => open(row.studyInstanceUid)}
                />
              ))}
            </tbody>
          </table>
          {hasMore && (
            <button type="button" className="load-more" onClick={loadMore}>
              Load more studies
            </button>
          )}
        </div>
      )}
    </main>
  );
}
