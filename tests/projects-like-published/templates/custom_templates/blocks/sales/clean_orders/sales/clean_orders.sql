select * from {{ df_1 }} where customer is not null
