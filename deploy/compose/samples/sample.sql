-- A small source for the first run: `docker compose run --rm extract-sample`.
CREATE SCHEMA shop;
COMMENT ON SCHEMA shop IS 'Orders of a small shop';
CREATE TABLE shop.customer (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email text NOT NULL UNIQUE,
  joined date NOT NULL DEFAULT current_date
);
COMMENT ON COLUMN shop.customer.email IS 'Where receipts go';
CREATE TABLE shop.product (sku text PRIMARY KEY, title text NOT NULL, price numeric(10, 2) CHECK (price >= 0));
CREATE TABLE shop.purchase (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer bigint NOT NULL REFERENCES shop.customer,
  sku text NOT NULL REFERENCES shop.product,
  quantity integer NOT NULL CHECK (quantity > 0),
  bought timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX purchase_by_customer ON shop.purchase (customer, bought);
CREATE VIEW shop.revenue AS
  SELECT date_trunc('month', bought) AS month, sum(quantity * price) AS total
  FROM shop.purchase JOIN shop.product USING (sku) GROUP BY 1;
CREATE MATERIALIZED VIEW shop.best_seller AS SELECT sku, sum(quantity) AS sold FROM shop.purchase GROUP BY sku;
CREATE FUNCTION shop.spent(customer bigint) RETURNS numeric LANGUAGE sql STABLE AS
  'SELECT sum(quantity * price) FROM shop.purchase p JOIN shop.product USING (sku) WHERE p.customer = $1';
CREATE SCHEMA payroll;
CREATE TABLE payroll.salary (employee text PRIMARY KEY, amount numeric NOT NULL);
-- May read the catalog and one schema, so that the report has something to say of the other.
CREATE ROLE reader LOGIN PASSWORD 'development-only';
GRANT USAGE ON SCHEMA shop TO reader;
GRANT SELECT ON ALL TABLES IN SCHEMA shop TO reader;
