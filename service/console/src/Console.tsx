import { useEffect, useState } from 'react';
import { KeyHelp } from './keyboard/KeyHelp';
import { SessionGate } from './session/SessionGate';
import { usePlace } from './study/place';
import { StudyRoute } from './study/StudyRoute';
import { TopBar } from './study/TopBar';
import { TriageRoute } from './triage/TriageRoute';
import { StudyFeed } from './worklist/StudyFeed';
import { Worklist } from './worklist/Worklist';

export function Console() {
  const place = usePlace();
  const [help, setHelp] = useState(false);
  useEffect(() => {
    // The viewer is large: it is fetched while the reader looks at the worklist.
    const timer = setTimeout(() => void import('./viewer/Viewer').catch(() => {}), 1500);
    return () => clearTimeout(timer);
  }, []);
  const onHelp = () => setHelp(true);
  return (
    <SessionGate>
      <StudyFeed>
        {place.page === 'triage' ? (
          <TriageRoute onHelp={onHelp} />
        ) : place.page === 'worklist' ? (
          <>
            <TopBar />
            <Worklist onHelp={onHelp} />
          </>
        ) : (
          <StudyRoute
            key={place.studyInstanceUid}
            studyInstanceUid={place.studyInstanceUid}
            tab={place.tab}
            onHelp={onHelp}
          />
        )}
        {help && <KeyHelp onClose={() => setHelp(false)} />}
      </StudyFeed>
    </SessionGate>
  );
}
