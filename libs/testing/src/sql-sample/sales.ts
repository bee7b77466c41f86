/** Orders: enums, domains, partitions of partitions, keys of every kind, views, routines, triggers. */
export const SALES_SQL = `
CREATE SCHEMA sales;
COMMENT ON SCHEMA sales IS 'Orders and who placed them';

CREATE TYPE sales.order_state AS ENUM ('draft', 'placed', 'in transit', 'delivered', 'sent back');
CREATE DOMAIN sales.email AS character varying(254) CHECK (VALUE LIKE '%@%');
CREATE DOMAIN sales.price AS numeric(12, 2) NOT NULL DEFAULT 0 CHECK (VALUE >= 0);
CREATE TYPE sales.address AS (street text, city text, postcode character varying(12));

CREATE SEQUENCE sales.invoice_number AS bigint START 1000 INCREMENT 10 MINVALUE 1000 MAXVALUE 9223372036854775807 CACHE 5 CYCLE;
COMMENT ON SEQUENCE sales.invoice_number IS 'Shared by both invoice systems';

CREATE TABLE sales.customer (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email sales.email NOT NULL UNIQUE,
  full_name text COLLATE "C" NOT NULL,
  legacy_code text,
  address sales.address,
  tags text[] DEFAULT '{}'::text[],
  referred_by bigint REFERENCES sales.customer (id) ON DELETE SET NULL,
  created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
  initials text GENERATED ALWAYS AS (left(full_name, 1)) STORED,
  dropped_one integer,
  credit sales.price
);
ALTER TABLE sales.customer DROP COLUMN dropped_one;
ALTER TABLE sales.customer ADD COLUMN newsletter boolean DEFAULT false;
ALTER TABLE sales.customer DROP COLUMN legacy_code;
COMMENT ON TABLE sales.customer IS 'People and companies that have ordered at least once';
COMMENT ON COLUMN sales.customer.email IS 'Where confirmations go';
CREATE INDEX customer_by_name ON sales.customer USING btree (lower(full_name), created_at DESC) INCLUDE (email) WHERE newsletter;
COMMENT ON INDEX sales.customer_by_name IS 'For the search box';

CREATE TABLE sales.product (
  sku character(12) PRIMARY KEY,
  title character varying(200) NOT NULL,
  attributes jsonb,
  weight double precision CHECK (weight > 0),
  flags bit(8),
  masks bit varying(16),
  opens time(0) without time zone,
  lifetime interval day to second(2),
  price sales.price
);
ALTER TABLE sales.product ADD CONSTRAINT fair_price CHECK (price < 1000000 AND title <> '') NOT VALID;
CREATE INDEX product_attributes ON sales.product USING gin (attributes);
COMMENT ON CONSTRAINT fair_price ON sales.product IS 'Typing errors cost money';

CREATE TABLE sales.orders (
  id bigint NOT NULL,
  region text NOT NULL,
  ordered_at date NOT NULL,
  customer_id bigint NOT NULL REFERENCES sales.customer (id) ON UPDATE CASCADE ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
  state sales.order_state DEFAULT 'draft'::sales.order_state NOT NULL,
  history sales.order_state[],
  PRIMARY KEY (id, region, ordered_at)
) PARTITION BY LIST (region);
COMMENT ON TABLE sales.orders IS 'Split by region, Europe again by year';
CREATE TABLE sales.orders_asia PARTITION OF sales.orders FOR VALUES IN ('asia', 'oceania');
CREATE TABLE sales.orders_europe PARTITION OF sales.orders FOR VALUES IN ('europe') PARTITION BY RANGE (ordered_at);
CREATE TABLE sales.orders_europe_2025 PARTITION OF sales.orders_europe FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE sales.orders_europe_2026 PARTITION OF sales.orders_europe FOR VALUES FROM ('2026-01-01') TO (MAXVALUE);
CREATE TABLE sales.orders_other PARTITION OF sales.orders DEFAULT;

CREATE TABLE sales.order_line (
  order_id bigint NOT NULL,
  region text NOT NULL,
  ordered_at date NOT NULL,
  line smallint NOT NULL,
  sku character(12) REFERENCES sales.product,
  quantity integer DEFAULT 1 NOT NULL,
  PRIMARY KEY (order_id, region, ordered_at, line),
  CONSTRAINT of_order FOREIGN KEY (ordered_at, region, order_id) REFERENCES sales.orders (ordered_at, region, id) MATCH FULL ON DELETE CASCADE
) PARTITION BY HASH (order_id);
CREATE TABLE sales.order_line_0 PARTITION OF sales.order_line FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE sales.order_line_1 PARTITION OF sales.order_line FOR VALUES WITH (MODULUS 2, REMAINDER 1);

CREATE TABLE sales.reservation (
  id serial PRIMARY KEY,
  during tstzrange NOT NULL,
  CONSTRAINT no_overlap EXCLUDE USING gist (during WITH &&)
);
CREATE UNLOGGED TABLE sales.cart (session_id uuid PRIMARY KEY, content jsonb) WITH (fillfactor = 70);

CREATE VIEW sales.open_order WITH (security_barrier = true) AS
  SELECT o.id, o.region, c.email, o.state FROM sales.orders o JOIN sales.customer c ON c.id = o.customer_id WHERE o.state <> 'delivered';
COMMENT ON VIEW sales.open_order IS 'What the warehouse works on';
COMMENT ON COLUMN sales.open_order.email IS 'Of the customer';
CREATE MATERIALIZED VIEW sales.revenue AS
  SELECT date_trunc('month', o.ordered_at)::date AS month, sum(l.quantity * p.price) AS revenue
  FROM sales.orders o JOIN sales.order_line l ON l.order_id = o.id JOIN sales.product p ON p.sku = l.sku GROUP BY 1;
CREATE UNIQUE INDEX revenue_month ON sales.revenue (month);
CREATE MATERIALIZED VIEW sales.revenue_draft AS SELECT 1 AS one WITH NO DATA;

CREATE FUNCTION sales.discount(amount numeric, percent integer DEFAULT 10) RETURNS numeric LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  AS 'SELECT amount * (100 - percent) / 100';
COMMENT ON FUNCTION sales.discount(numeric, integer) IS 'In percent of the amount';
CREATE FUNCTION sales.discount(amount numeric, code text) RETURNS numeric LANGUAGE plpgsql STABLE SECURITY DEFINER
  AS $body$ BEGIN RETURN CASE code WHEN 'SPRING' THEN amount * 0.9 ELSE amount END; END $body$;
CREATE FUNCTION sales.discount(state sales.order_state) RETURNS integer LANGUAGE sql AS 'SELECT 0';
CREATE FUNCTION sales.orders_of(customer bigint) RETURNS TABLE (id bigint, state sales.order_state) LANGUAGE sql STABLE
  AS 'SELECT o.id, o.state FROM sales.orders o WHERE o.customer_id = customer';
CREATE PROCEDURE sales.deliver(IN order_id bigint, INOUT done boolean DEFAULT false) LANGUAGE plpgsql
  AS $body$ BEGIN UPDATE sales.orders SET state = 'delivered' WHERE id = order_id; done := true; END $body$;
COMMENT ON PROCEDURE sales.deliver(bigint, boolean) IS 'Called by the scanner at the door';
CREATE AGGREGATE sales.product_of(numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1');
CREATE FUNCTION sales.touch() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN NEW.created_at := now(); RETURN NEW; END $body$;
CREATE TRIGGER touch BEFORE UPDATE ON sales.customer FOR EACH ROW EXECUTE FUNCTION sales.touch();

INSERT INTO sales.customer (email, full_name) SELECT 'c' || n || '@example.com', 'Customer ' || n FROM generate_series(1, 500) n;
`;
