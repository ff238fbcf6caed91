import { Dialog } from './Dialog';
import { type Command, commands, keyName, type Place, placeNames } from './keymap';

export function KeyHelp({ onClose }: { onClose: () => void }) {
  const all = Object.entries(commands) as [Command, (typeof commands)[Command]][];
  return (
    <Dialog title="Keys" onClose={onClose} wide testId="key-help">
      <div className="key-help">
        {(Object.keys(placeNames) as Place[]).map((place) => (
          <section key={place}>
            <h3>{placeNames[place]}</h3>
            <dl>
              {all
                .filter(([, command]) => command.place === place)
                .map(([name, command]) => (
                  <div key={name}>
                    <dt>
                      {command.keys.map((key) => (
                        <kbd key={key}>{keyName(key)}</kbd>
                      ))}
                    </dt>
                    <dd>{command.label}</dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
      <p className="muted small">
        In a report: Ctrl+Enter saves, Esc leaves the text. In the image: the wheel scrolls, the
        middle button pans, the right button zooms.
      </p>
    </Dialog>
  );
}
