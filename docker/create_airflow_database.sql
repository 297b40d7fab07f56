-- Airflow keeps its own state beside the warehouse, not in it.
create database airflow;
