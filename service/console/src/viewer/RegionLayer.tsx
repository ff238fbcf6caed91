import type { Placement } from './placement';
import { cornersOf, type ShownRegion } from './regions';

interface Props {
  regions: ShownRegion[];
  placement: Placement;
}

/** Where the model sees what it says: outlines over the image, which stays as it is. */
export function RegionLayer({ regions, placement }: Props) {
  return (
    <svg className="region-layer" aria-hidden="true" data-testid="region-layer">
      {regions.map((region, index) => {
        const corners = cornersOf(region.box, placement);
        const left = Math.min(...corners.map(([x]) => x));
        const top = Math.min(...corners.map(([, y]) => y));
        return (
          <g key={index} className={region.chosen ? 'region chosen' : 'region'}>
            <polygon points={corners.map((corner) => corner.join(',')).join(' ')} />
            {region.label && (
              <text x={left + 3} y={top - 4}>
                {region.label}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}
