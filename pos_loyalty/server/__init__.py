"""The central server: accepts the tills' journals into a double-entry ledger in PostgreSQL."""
