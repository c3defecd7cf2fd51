-- Something to ask about.
CREATE TABLE products (id int PRIMARY KEY, name text NOT NULL, price_cents int NOT NULL);
CREATE TABLE orders (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  ordered_at timestamptz NOT NULL DEFAULT now(),
  product_id int NOT NULL REFERENCES products,
  quantity int NOT NULL CHECK (quantity > 0),
  customer_email text NOT NULL
);
INSERT INTO products VALUES (1, 'kettle', 3900), (2, 'teapot', 2400), (3, 'strainer', 650);
INSERT INTO orders (product_id, quantity, customer_email)
  SELECT 1 + n % 3, 1 + n % 4, 'customer' || n || '@example.com' FROM generate_series(1, 300) AS n;
