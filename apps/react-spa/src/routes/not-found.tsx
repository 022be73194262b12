import { Link } from 'react-router';

export function NotFoundPage() {
  return (
    <>
      <title>Not found · AuthKit React patterns</title>
      <h1>There is no such page</h1>
      <p>
        <Link to="/">Go to the start page</Link>
      </p>
    </>
  );
}
