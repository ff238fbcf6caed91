import { expect, test } from 'vitest';
import { asProblem, Problem, problemOf } from './problem';

test('problem JSON keeps its title, detail, status and type', () => {
  const problem = problemOf(
    409,
    '{"type":"/problems/state","title":"Signed","status":409,"detail":"Already final."}',
  );
  expect(problem).toMatchObject({ status: 409, title: 'Signed', detail: 'Already final.' });
  expect(problem.type).toBe('/problems/state');
});

test('an error page that is no JSON still says something', () => {
  expect(problemOf(503, '<html>nginx</html>')).toMatchObject({
    status: 503,
    title: 'The service is not ready',
    detail: null,
  });
  expect(problemOf(418, '[]').title).toBe('HTTP status 418');
});

test('a service that does not answer is told apart from one that refuses', () => {
  expect(Problem.noAnswer().unreachable).toBe(true);
  expect(problemOf(503, '').unreachable).toBe(true);
  expect(problemOf(403, '{}').unreachable).toBe(false);
});

test('any thrown value becomes a problem', () => {
  expect(asProblem(new TypeError('boom')).detail).toBe('boom');
  const problem = Problem.noAnswer();
  expect(asProblem(problem)).toBe(problem);
});

test("HTTP's own phrases are put in words a reader knows", () => {
  const problem = problemOf(415, '{"title":"Unsupported Media Type","status":415,"detail":"HEVC"}');
  expect(problem).toMatchObject({ title: 'This image cannot be shown', detail: 'HEVC' });
  expect(problemOf(418, '{"title":"I am a teapot"}').title).toBe('I am a teapot');
});
